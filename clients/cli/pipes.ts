import { execFileSync } from 'node:child_process'
import { constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exits } from './exits.ts'
import { Fault } from './fault.ts'

export interface Pipe {
  readonly output: Socket
  /** The handle that a program writes to, to be closed here once it has it. */
  readonly input: number
}

/**
 * Pipes as shells make them. Node gives its children sockets, which no program can open as /dev/stdout, and which break with another
 * error when nobody reads them. It cannot make a pipe but by a name, which is gone when this returns.
 * @throws Fault
 */
export function openPipes(count: number): Pipe[] {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
  try {
    const paths = Array.from({ length: count }, (_, index) => join(folder, String(index)))
    execFileSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' })
    return paths.map((path) => {
      const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) // else it would wait for who writes
      const input = openSync(path, constants.O_WRONLY)
      return { output: new Socket({ fd: reading, readable: true, writable: false }), input }
    })
  } catch {
    throw new Fault(
      exits.fault,
      'No pipe could be made for the program’s output.',
      'mkfifo has to be there, and room among the temporary files; or give --no-mask.',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
