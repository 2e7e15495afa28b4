import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { systemCode } from '../../../shared/system-error.ts'
import { withOriginalCoreDumps } from './core-dumps.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Fault } from '../output/fault.ts'
import { closeHandles, stdioFor, type Handle } from './inherited-handles.ts'
import { MaskedValues, MaskStream } from '../redaction/mask.ts'
import { isBrokenPipe, outputTo, reportWriteError } from '../output/output.ts'
import type { Pipe } from './pipes.ts'
import { endWithSignal, hasTerminal, SignalForwarder } from './signals.ts'
import { type RawSpawn, spawnThroughBash } from './spawn-through-bash.ts'

type Words = readonly [program: string, ...args: string[]]

interface Circumstances {
  readonly env: NodeJS.ProcessEnv
  /** Arguments and variables that are not UTF-8, and ignored signals; null without any of these. */
  readonly rough: RawSpawn | null
  /** The inherited descriptors beyond the three standard ones. */
  readonly handles: readonly Handle[]
  /** The values to mask in its output, and the pipes that it writes to, if the system has them. Null if its output is not masked. */
  readonly hide: { readonly values: readonly string[]; readonly pipes: readonly [Pipe, Pipe] | null } | null
}

interface End {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * Runs a program on our standard input, until it has ended and all writers of its outputs are gone. If a signal ended it, the same signal
 * ends this process.
 * @returns its exit status; 128 plus the signal's number if the signal cannot end this process. @throws Fault if it cannot be started
 */
export async function runProgram(words: Words, { env, rough, handles, hide }: Circumstances): Promise<number> {
  const ignored = rough?.ignored ?? []
  const started = (...outputs: [number, number] | ['inherit' | 'pipe', 'inherit' | 'pipe']): ChildProcess => {
    const stdio = ['inherit', ...outputs, ...stdioFor(handles)] as const
    const child = start(words, () =>
      rough === null ? spawn(words[0], words.slice(1), { env, stdio: [...stdio] }) : spawnThroughBash(rough, env, stdio),
    )
    closeHandles(handles)
    return child
  }
  if (hide === null) return statusFor(await endOf(started('inherit', 'inherit'), words, ignored), [])
  const hidden = new MaskedValues(hide.values)
  const ourOutputs = [process.stdout, process.stderr].map(outputTo)
  if (hide.pipes === null) {
    const child = started('pipe', 'pipe')
    return shown(endOf(child, words, ignored), [child.stdout, child.stderr], ourOutputs, hidden)
  }
  const [out, err] = hide.pipes
  const child = started(out.input, err.input)
  const theirOutputs = [out, err].map(({ output, input }) => {
    closeSync(input)
    return new Socket({ fd: output, readable: true, writable: false })
  })
  return shown(endOf(child, words, ignored), theirOutputs, ourOutputs, hidden)
}

async function shown(
  ended: Promise<End>,
  theirOutputs: readonly (Readable | null)[],
  ourOutputs: readonly Writable[],
  hidden: MaskedValues,
): Promise<number> {
  const passed = theirOutputs.map((output, index) => pass(output, ourOutputs[index] as Writable, hidden))
  const [end, ...failures] = await Promise.all([ended, ...passed])
  return statusFor(end, failures)
}

/** @param failures of our outputs, standard output first */
async function statusFor({ status, signal }: End, failures: readonly unknown[]): Promise<number> {
  const unwritten = ['Standard output', 'Standard error'].filter((name, index) => {
    const failure = failures[index] ?? null
    if (failure === null || isBrokenPipe(failure)) return false
    reportWriteError(name, failure)
    return true
  })
  // The program got SIGPIPE because our output failed. Ending by SIGPIPE would wrongly say that nobody reads our output.
  if (unwritten.length > 0 && (status === 0 || signal === 'SIGPIPE')) return exitStatus.fault
  if (signal === null) return status ?? exitStatus.fault
  return endWithSignal(signal)
}

/** @throws Fault for system errors that Node throws; Node reports others by the child's event */
function start([program]: Words, spawned: () => ChildProcess): ChildProcess {
  try {
    return withOriginalCoreDumps(spawned)
  } catch (error) {
    if (error instanceof Fault) throw error
    throw faultOf(program, systemCode(error))
  }
}

function endOf(child: ChildProcess, [program]: Words, ignored: readonly NodeJS.Signals[]): Promise<End> {
  const signals = new SignalForwarder(child, ignored, hasTerminal)
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      signals.forget()
      reject(faultOf(program, systemCode(error)))
    })
    child.once('exit', (status, signal) => {
      // There is no child left to pass signals on to, so they may end this process, which only waits for the rest of the output.
      signals.forget()
      resolve({ status, signal })
    })
  })
}

/**
 * Copies until the end, or until our output fails. Then the program's next write has to fail in the same way.
 * @returns why our output failed; null if it did not
 */
async function pass(theirOutput: Readable | null, ourOutput: Writable, hidden: MaskedValues): Promise<unknown> {
  if (theirOutput === null) return null
  const mask = theirOutput.pipe(new MaskStream(hidden))
  let failure: unknown = null
  ourOutput.on('error', (error) => {
    failure ??= error
    theirOutput.destroy()
    mask.destroy()
  })
  mask.pipe(ourOutput, { end: false })
  await finished(mask).catch(() => undefined)
  if (failure === null) await new Promise<void>((written) => ourOutput.write('', () => written()))
  return failure
}

function faultOf(program: string, code: string | null): Fault {
  if (code === 'ENOENT') return new Fault(exitStatus.notFound, `There is no program ${program}.`)
  if (code === 'E2BIG') return new Fault(exitStatus.notExecutable, 'The environment and the arguments are too long together.')
  return new Fault(exitStatus.notExecutable, `${program} cannot be run.`)
}
