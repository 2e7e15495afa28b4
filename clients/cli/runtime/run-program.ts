import { systemCode } from '../../../shared/system-error.ts'
import { withOriginalCoreDumps } from './core-dumps.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Fault } from '../output/fault.ts'
import { Mask, MaskedValues } from '../redaction/mask.ts'
import { writeInBackground } from '../output/background-output.ts'
import { isBrokenPipe, reportWriteError, standardError, standardOutput } from '../output/output.ts'
import type { Circumstances, End, Running, Words } from './program.ts'
import { endWithSignal } from './signals.ts'

/**
 * Runs a program on our standard input, until it has ended and all writers of its outputs are gone. If a signal ended it, the same signal
 * ends this process.
 * @returns its exit status; 128 plus the signal's number if the signal cannot end this process. @throws Fault if it cannot be started
 */
export async function runProgram(words: Words, circumstances: Circumstances): Promise<number> {
  const { ended, outputs } = await start(words, circumstances)
  const hidden = compiledWhenNeeded(circumstances.hide ?? [])
  const compiling = outputs.length > 0 ? setTimeout(hidden, compileAfterMs) : undefined
  const passed = outputs.map((output, index) => pass(output, index === 0 ? standardOutput : standardError, hidden))
  const [end, ...failures] = await Promise.all([ended.catch((error: unknown) => fail(words, error)), ...passed])
  clearTimeout(compiling)
  return statusFor(end, failures)
}

/** A program that prints nothing and ends earlier does not wait for the mask to be compiled; one that prints later finds it compiled. */
const compileAfterMs = 10

function compiledWhenNeeded(values: readonly string[]): () => MaskedValues {
  let compiled: MaskedValues | null = null
  return () => (compiled ??= new MaskedValues(values))
}

/** Loads what starts a program. */
export async function prepare(): Promise<void> {
  if (process.platform !== 'win32') await import('./start-by-system.ts')
}

async function start(words: Words, circumstances: Circumstances): Promise<Running> {
  try {
    if (process.platform !== 'win32') {
      const { startBySystem } = await import('./start-by-system.ts')
      return withOriginalCoreDumps(() => startBySystem(circumstances))
    }
    const { startByRuntime } = await import('./start-by-runtime.ts')
    return startByRuntime(words, circumstances)
  } catch (error) {
    return fail(words, error)
  }
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

/**
 * Copies until the end, or until our output fails. Then the program's next write has to fail in the same way.
 * @returns why our output failed; null if it did not
 */
async function pass(theirOutput: AsyncIterable<Uint8Array> | null, fd: number, hidden: () => MaskedValues): Promise<unknown> {
  if (theirOutput === null) return null
  let mask: Mask | null = null
  try {
    for await (const chunk of theirOutput) {
      mask ??= new Mask(hidden())
      await writeInBackground(fd, mask.push(chunk))
    }
    if (mask !== null) await writeInBackground(fd, mask.end())
    return null
  } catch (error) {
    return error
  }
}

function fail([program]: Words, error: unknown): never {
  if (error instanceof Fault) throw error
  const code = systemCode(error)
  if (code === 'ENOENT') throw new Fault(exitStatus.notFound, `There is no program ${program}.`)
  if (code === 'E2BIG') throw new Fault(exitStatus.notExecutable, 'The environment and the arguments are too long together.')
  throw new Fault(exitStatus.notExecutable, `${program} cannot be run.`)
}
