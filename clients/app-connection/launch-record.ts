import { accessSync, closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { systemCode } from '../../shared/system-error.ts'
import { launchFile, type LaunchRecord } from '../shared/protocol/launch.ts'
import { AppUnreachable } from './app-unreachable.ts'
import { orElse } from '../../shared/or-else.ts'

/** Where a package has the app's program, relative to the folder of this program. */
const packed: { readonly [platform in NodeJS.Platform]?: readonly string[] } = {
  linux: ['..', 'latchkey-desktop'],
  darwin: ['..', 'MacOS', 'Latchkey'],
  win32: ['..', 'Latchkey.exe'],
}

/**
 * The command line that starts the app of a profile: the program's path, then its arguments. If the app never ran, it is the one that this
 * program was installed with.
 * @param self this program's own path
 * @throws AppUnreachable `launch-unknown` if the app never recorded it; `launch-untrusted` if another user may have written the record
 */
export function launchCommand(profile: string, env: NodeJS.ProcessEnv, self = process.execPath): LaunchRecord['command'] {
  const chosen = env['LATCHKEY_APP']
  if (chosen) return [chosen]
  const text = readOurs(join(profile, launchFile))
  if (text === null) return [packedBeside(self)]
  return parse(text) ?? untrusted()
}

function packedBeside(self: string): string {
  const pathParts = packed[process.platform]
  if (pathParts === undefined) throw new AppUnreachable('launch-unknown')
  const program = join(dirname(self), ...pathParts)
  try {
    accessSync(program, constants.X_OK)
  } catch {
    throw new AppUnreachable('launch-unknown')
  }
  return program
}

/** The file is executed as it says, so it must be a regular file that only this user can write. */
function readOurs(path: string): string | null {
  let handle: number
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    return untrusted()
  }
  try {
    const found = fstatSync(handle)
    const foreign = process.platform !== 'win32' && (found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0)
    if (!found.isFile() || found.size > 16_384 || foreign) return untrusted()
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

function untrusted(): never {
  throw new AppUnreachable('launch-untrusted')
}

/** `{"command": [PROGRAM, ARGUMENT...]}` and nothing else. */
function parse(text: string): LaunchRecord['command'] | null {
  const record = orElse(() => JSON.parse(text) as unknown, null)
  if (typeof record !== 'object' || record === null || Object.keys(record).join() !== 'command' || !('command' in record)) return null
  const { command } = record
  if (!Array.isArray(command) || !command.every((word): word is string => typeof word === 'string')) return null
  const [program, ...args] = command
  return program !== undefined && isAbsolute(program) ? [program, ...args] : null
}
