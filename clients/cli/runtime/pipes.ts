import { execFileSync } from 'node:child_process'
import { constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitStatus } from '../output/exit-status.ts'
import { Fault } from '../output/fault.ts'
import { systemReason } from '../output/system-reasons.ts'

export interface Pipe {
  /** The descriptor from which this process reads. */
  readonly output: number
  /** The descriptor that the program writes to. This process closes it once the program has it. */
  readonly input: number
}

/**
 * Creates pipes as shells do. Node gives its children sockets, which programs cannot open as /dev/stdout, and which fail with another error
 * when their reader is gone. Node can open a pipe only by name; the name is removed before this returns.
 * @throws Fault
 */
export function openPipes(): [Pipe, Pipe] {
  const folder = makeFolder()
  try {
    const paths = [join(folder, '1'), join(folder, '2')] as const
    execFileSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' })
    const open = (path: string): Pipe => {
      const output = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) // otherwise it would block until there is a writer
      return { output, input: openSync(path, constants.O_WRONLY) }
    }
    return [open(paths[0]), open(paths[1])]
  } catch {
    throw new Fault(
      exitStatus.fault,
      'No pipe could be made for the program’s output.',
      'mkfifo has to be in your PATH; or give --no-mask.',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'latchkey-'))
  } catch (error) {
    throw new Fault(
      exitStatus.fault,
      `No pipe could be made for the program’s output: ${tmpdir()}, the folder for temporary files, cannot be used${systemReason(error)}.`,
      'Set TMPDIR to a folder that you may write to, or give --no-mask.',
    )
  }
}
