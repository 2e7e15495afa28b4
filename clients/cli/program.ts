import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { closeSync } from 'node:fs'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { withCoresAsBefore } from './cores.ts'
import { exits } from './exits.ts'
import { Fault } from './fault.ts'
import { Hidden, MaskStream } from './mask/mask.ts'
import { openPipes } from './pipes.ts'
import { hasTerminal, Signals } from './signals.ts'

type Words = readonly [program: string, ...args: string[]]

interface Circumstances {
  readonly env: NodeJS.ProcessEnv
  /** The values to hide in what it writes; null to leave its outputs to it. */
  readonly hide: readonly string[] | null
}

/**
 * Runs a program on our input, until it has ended and nobody writes to its outputs any more.
 * @returns its exit status, or 128 and the number of the signal that ended it. @throws Fault if it cannot be started
 */
export async function runProgram(words: Words, { env, hide }: Circumstances): Promise<number> {
  if (hide === null) return statusOf(start(words, env, 'inherit'), words)
  const hidden = new Hidden(hide)
  if (process.platform === 'win32') {
    const child = start(words, env, ['inherit', 'pipe', 'pipe'])
    const shown = [pass(child.stdout, process.stdout, hidden), pass(child.stderr, process.stderr, hidden)]
    return all(statusOf(child, words), shown)
  }
  const pipes = openPipes(2)
  let child: ChildProcess
  try {
    child = start(words, env, ['inherit', ...pipes.map(({ input }) => input)])
  } catch (error) {
    for (const { output } of pipes) output.destroy()
    throw error
  } finally {
    for (const { input } of pipes) closeSync(input)
  }
  const shown = pipes.map(({ output }, index) => pass(output, index === 0 ? process.stdout : process.stderr, hidden))
  return all(statusOf(child, words), shown)
}

async function all(ended: Promise<number>, shown: readonly Promise<void>[]): Promise<number> {
  const [status] = await Promise.all([ended, ...shown])
  return status
}

/** @throws Fault for those of the system's errors that Node throws; the others it tells by the child's event */
function start([program, ...args]: Words, env: NodeJS.ProcessEnv, stdio: StdioOptions): ChildProcess {
  try {
    return withCoresAsBefore(() => spawn(program, args, { env, stdio }))
  } catch (error) {
    throw faultOf(program, error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined)
  }
}

function statusOf(child: ChildProcess, [program]: Words): Promise<number> {
  const signals = new Signals(child, hasTerminal)
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      signals.forget()
      reject(faultOf(program, error.code))
    })
    child.once('exit', (status, signal) => {
      // Nobody is there to pass a signal on to: it may end us, who only wait for what others write.
      signals.forget()
      resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

/** Until its end, or until nobody reads ours any more: then its next write is to fail as ours did. */
async function pass(theirs: Readable | null, ours: NodeJS.WriteStream, hidden: Hidden): Promise<void> {
  if (theirs === null) return
  const mask = theirs.pipe(new MaskStream(hidden))
  mask.pipe(ours, { end: false })
  ours.once('error', () => {
    theirs.destroy()
    mask.destroy()
  })
  await finished(mask).catch(() => undefined)
}

function faultOf(program: string, code: string | undefined): Fault {
  if (code === 'ENOENT') return new Fault(exits.notFound, `There is no program ${program}.`)
  if (code === 'E2BIG') return new Fault(exits.notExecutable, 'The environment and the arguments are too long together.')
  return new Fault(exits.notExecutable, `${program} cannot be run.`)
}
