import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { Environment } from './profile-folder.ts'

/** The maximum length of a socket's path in bytes. The system would truncate a longer one without an error. */
export const maxSocketPathBytes = 103

/**
 * Where a profile's agent listens: in a folder that only this user can access, under a name short enough for a socket. On Windows it is a
 * named pipe, which is in no folder.
 */
export function socketPath(profile: string, env: Environment, platform: NodeJS.Platform): string {
  const name = createHash('sha256').update(realPath(profile, platform)).digest('hex').slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\latchkey-${name}`
  const uid = process.getuid?.() ?? 0
  const session = platform === 'linux' && existsSync(`/run/user/${uid}`) ? [`/run/user/${uid}/latchkey`] : [] // cron and sudo do not set the variable
  const runtime = env['XDG_RUNTIME_DIR']
  const folders = [...(runtime ? [join(runtime, 'latchkey')] : session), join(tmpdir(), `latchkey-${uid}`), `/tmp/latchkey-${uid}`]
  const paths = folders.map((folder) => join(folder, `${name}.sock`))
  return paths.find((path) => Buffer.byteLength(path) <= maxSocketPathBytes) ?? (paths[0] as string)
}

/** Resolves links, so that one profile has one socket by whatever path it is reached. Missing parts of the path stay as they are. */
function realPath(path: string, platform: NodeJS.Platform): string {
  const whole = resolve(path)
  if (platform === 'win32') return whole
  for (let there = whole, rest = ''; ; rest = join(basename(there), rest), there = dirname(there)) {
    try {
      return join(realpathSync(there), rest)
    } catch {
      if (dirname(there) === there) return whole
    }
  }
}
