import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { exits } from './exits.ts'
import { Fault } from './fault.ts'
import { hasTerminal, Signals } from './signals.ts'
import { Hidden, MaskStream } from './mask/mask.ts'

interface Circumstances {
  readonly env: NodeJS.ProcessEnv
  /** The values to hide in what it writes; null to leave its outputs to it. */
  readonly hide: readonly string[] | null
}

/**
 * Runs a program on our input, until it has ended and both its outputs are closed.
 * @returns its exit status, or 128 and the number of the signal that ended it. @throws Fault if it cannot be started
 */
export async function runProgram([program, ...args]: [string, ...string[]], { env, hide }: Circumstances): Promise<number> {
  const output = hide === null ? 'inherit' : 'pipe'
  const child = spawn(program, args, { env, stdio: ['inherit', output, output] })
  const signals = new Signals(child, hasTerminal)
  if (hide !== null) maskOutputs(child, new Hidden(hide))
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      signals.forget()
      reject(faultOf(program, error.code))
    })
    // From now on nobody is there to pass a signal on to; who only waits for the outputs can be ended.
    child.once('exit', () => signals.forget())
    child.once('close', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

function maskOutputs({ stdout, stderr }: ChildProcess, hidden: Hidden): void {
  for (const [theirs, ours] of [[stdout, process.stdout] as const, [stderr, process.stderr] as const]) {
    if (theirs === null) continue
    theirs.pipe(new MaskStream(hidden)).pipe(ours, { end: false })
    ours.once('error', () => theirs.destroy()) // nobody reads ours any more: its next write is to fail too
  }
}

function faultOf(program: string, code: string | undefined): Fault {
  if (code === 'ENOENT') return new Fault(exits.notFound, `There is no program ${program}.`)
  if (code === 'E2BIG') return new Fault(exits.notExecutable, 'The environment and the arguments are too long together.')
  return new Fault(exits.notExecutable, `${program} cannot be run.`)
}
