import { closeSync, existsSync } from 'node:fs'
import { systemCode } from '../../../shared/system-error.ts'
import type { Circumstances, End, Running } from './program.ts'
import { hasTerminal, ignoredByRuntime, ignoredSignals, SignalForwarder } from './signals.ts'
import { endOfChild, makePipe, type Program, spawnProgram, SystemError } from './system.ts'

/** Where the C library looks without a PATH. */
const defaultPath = '/bin:/usr/bin'
/** Runs files without an interpreter’s line, as `execvp` has it. */
const shell = Buffer.from('/bin/sh')

/**
 * On Linux and macOS. The program’s outputs are pipes, as shells make them: the runtime would give it sockets, which programs cannot open as
 * /dev/stdout, and which fail with another error when their reader is gone.
 * @throws the system’s error if it cannot be started
 */
export function startBySystem({ bytes: { words, variables }, handles, hide }: Circumstances): Running {
  const ignored = ignoredSignals()
  const pipes = hide === null ? [] : [makePipe(), makePipe()]
  const descriptors = new Map<number, number>([
    [0, 0],
    [1, pipes[0]?.input ?? 1],
    [2, pipes[1]?.input ?? 2],
    ...handles.map((number): [number, number] => [number, number]),
  ])
  const closed = pipes.flatMap(({ input, output }) => [input, output])
  // Listened to before there is a child, so that its end is not missed.
  const end = endOf(ignored, () => spawnFound({ words, variables, descriptors, closed, defaults: ignoredByRuntime }))
  // The program has them now. Closed here, so that a reader that waits for their end does not wait for this process.
  for (const number of [...handles, ...pipes.map(({ input }) => input)]) closeSync(number)
  return { ended: end, outputs: pipes.map(({ output }) => readFrom(output)) }
}

/** Closes the descriptor at the end, and when it is left early: the program's next write fails then. */
async function* readFrom(descriptor: number): AsyncGenerator<Uint8Array> {
  const reader = Bun.file(descriptor).stream().getReader() // has a duplicate of the descriptor
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel().catch(() => undefined)
    closeSync(descriptor)
  }
}

/** @throws the system’s error if it cannot be started */
function endOf(ignored: readonly NodeJS.Signals[], started: () => number): Promise<End> {
  let look = (): void => undefined
  const onChild = (): void => look()
  process.on('SIGCHLD', onChild)
  let pid: number
  try {
    pid = started()
  } catch (error) {
    process.off('SIGCHLD', onChild)
    throw error
  }
  const signals = new SignalForwarder((signal) => pass(signal, pid), ignored, hasTerminal)
  return new Promise((resolve) => {
    const waiting = setInterval(onChild, 1000) // keeps this process alive
    look = () => {
      const end = endOfChild(pid)
      if (end === null) return
      clearInterval(waiting)
      process.off('SIGCHLD', onChild)
      look = () => undefined
      // There is no child left to pass signals on to, so they may end this process, which only waits for the rest of the output.
      signals.forget()
      resolve(end)
    }
    look()
  })
}

function pass(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal)
  } catch {
    return // it has become another user's, as sudo does
  }
}

/**
 * Looks for the program in its own PATH, as `execvpe` does: what is not there or may not be executed is passed over.
 * @returns the process id. @throws the system’s error
 */
function spawnFound(program: Omit<Program, 'path'>): number {
  const [name = Buffer.alloc(0)] = program.words
  let reason: unknown = new SystemError('ENOENT')
  for (const path of pathsOf(name, program.variables)) {
    try {
      return spawnAt(path, program)
    } catch (error) {
      const code = systemCode(error)
      if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(code ?? '')) throw error
      if (systemCode(reason) !== 'EACCES') reason = error
    }
  }
  throw reason
}

function spawnAt(path: Buffer, program: Omit<Program, 'path'>): number {
  try {
    return spawnProgram({ ...program, path })
  } catch (error) {
    if (systemCode(error) !== 'ENOEXEC') throw error
    return spawnProgram({ ...program, path: shell, words: [shell, path, ...program.words.slice(1)] })
  }
}

function pathsOf(name: Buffer, variables: readonly Buffer[]): Buffer[] {
  if (name.includes('/')) return [name]
  const given = variables.find((one) => one.subarray(0, 5).equals(Buffer.from('PATH=')))?.subarray(5)
  const folders = (given ?? Buffer.from(defaultPath)).toString('latin1').split(':')
  const paths = folders.map((folder) => Buffer.concat([Buffer.from(folder === '' ? '' : `${folder}/`, 'latin1'), name]))
  return paths.filter((path) => existsSync(path)) // faster than to start it where it is not
}
