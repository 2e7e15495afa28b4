import { dlopen, ptr } from 'bun:ffi'
import { constants } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { End } from './program.ts'

const onMac = process.platform === 'darwin'
const library = onMac ? '/usr/lib/libSystem.B.dylib' : 'libc.so.6'
/** Functions that the runtime has no call for. None of them is variadic, because such calls differ on macOS. */
const c = dlopen(library, {
  posix_spawn: { args: ['ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr'], returns: 'i32' },
  posix_spawn_file_actions_init: { args: ['ptr'], returns: 'i32' },
  posix_spawn_file_actions_destroy: { args: ['ptr'], returns: 'i32' },
  posix_spawn_file_actions_adddup2: { args: ['ptr', 'i32', 'i32'], returns: 'i32' },
  posix_spawn_file_actions_addclose: { args: ['ptr', 'i32'], returns: 'i32' },
  posix_spawnattr_init: { args: ['ptr'], returns: 'i32' },
  posix_spawnattr_destroy: { args: ['ptr'], returns: 'i32' },
  posix_spawnattr_setflags: { args: ['ptr', 'i32'], returns: 'i32' },
  posix_spawnattr_setsigdefault: { args: ['ptr', 'ptr'], returns: 'i32' },
  signal: { args: ['i32', 'ptr'], returns: 'ptr' },
  raise: { args: ['i32'], returns: 'i32' },
  waitpid: { args: ['i32', 'ptr', 'i32'], returns: 'i32' },
}).symbols

const closeOnExec = 0o2000000
/** POSIX_SPAWN_SETSIGDEF and WNOHANG have these values on both systems. */
const setSigDefault = 4
const noHang = 1
/** Two signals of glibc’s own, which it would leave ignored in the program. */
const ofLibrary = process.platform === 'linux' ? [32, 33] : []
/** More than the C libraries’ opaque structures need: the largest, glibc’s posix_spawnattr_t, has 336 bytes. */
const opaque = 512

/** A failed call, with the system’s name of the error as its `code`. */
export class SystemError extends Error {
  constructor(readonly code: string) {
    super(code)
  }
}

/** macOS has no pipe2; what the runtime starts there closes all descriptors that it was not given. */
function openPipe(ends: Int32Array): number {
  if (onMac) return dlopen(library, { pipe: { args: ['ptr'], returns: 'i32' } }).symbols.pipe(ends)
  return dlopen(library, { pipe2: { args: ['ptr', 'i32'], returns: 'i32' } }).symbols.pipe2(ends, closeOnExec)
}

/** @throws if this process has too many open descriptors */
export function makePipe(): { readonly output: number; readonly input: number } {
  const ends = new Int32Array(2)
  if (openPipe(ends) !== 0) throw new SystemError('EMFILE')
  return { output: ends[0] ?? -1, input: ends[1] ?? -1 }
}

export interface Program {
  /** The path of the executable. */
  readonly path: Buffer
  readonly words: readonly Buffer[]
  /** Each whole, as `NAME=value`. */
  readonly variables: readonly Buffer[]
  /** This process’s descriptor for each of the program’s, by the program’s number. */
  readonly descriptors: ReadonlyMap<number, number>
  /** Descriptors that the program must not have. */
  readonly closed: readonly number[]
  /** Signals that this process ignores and the program does not. */
  readonly defaults: readonly NodeJS.Signals[]
}

/**
 * Starts a program with exactly these bytes. Handled signals get their default action in it; ignored ones stay ignored.
 * @returns the process id. @throws SystemError
 */
export function spawnProgram({ path, words, variables, descriptors, closed, defaults }: Program): number {
  const pid = new Int32Array(1)
  const actions = new Uint8Array(opaque)
  const attributes = new Uint8Array(opaque)
  const signals = new Uint8Array(opaque)
  const named = cString(path)
  const [argv, words_] = cStrings(words)
  const [envp, variables_] = cStrings(variables)
  c.posix_spawn_file_actions_init(actions)
  c.posix_spawnattr_init(attributes)
  try {
    // A descriptor that is duplicated to itself loses its close-on-exec mark.
    for (const [theirs, ours] of descriptors) c.posix_spawn_file_actions_adddup2(actions, ours, theirs)
    for (const one of closed) c.posix_spawn_file_actions_addclose(actions, one)
    for (const number of [...defaults.map((name) => constants.signals[name]), ...ofLibrary]) {
      const at = number - 1
      signals[at >> 3] = (signals[at >> 3] ?? 0) | (1 << (at & 7))
    }
    c.posix_spawnattr_setsigdefault(attributes, signals)
    c.posix_spawnattr_setflags(attributes, setSigDefault)
    const failed = c.posix_spawn(pid, named, actions, attributes, argv, envp)
    if (failed !== 0) throw new SystemError(getSystemErrorName(-failed))
    return pid[0] ?? -1
  } finally {
    c.posix_spawn_file_actions_destroy(actions)
    c.posix_spawnattr_destroy(attributes)
    void [words_, variables_] // kept until here
  }
}

/** @returns null while the child runs */
export function endOfChild(pid: number): End | null {
  const found = new Int32Array(1)
  const ended = c.waitpid(pid, found, noHang)
  if (ended === 0) return null
  if (ended !== pid) return { status: null, signal: null } // somebody else has waited for it
  const word = found[0] ?? 0
  const number = word & 0x7f
  if (number === 0) return { status: (word >> 8) & 0xff, signal: null }
  const [name] = Object.entries(constants.signals).find(([, value]) => value === number) ?? []
  return name === undefined ? { status: 128 + number, signal: null } : { status: null, signal: name as NodeJS.Signals }
}

/** Ends this process by a signal, with the system’s default action. Returns only if the signal is blocked or does not end processes. */
export function dieOf(signal: NodeJS.Signals): void {
  c.signal(constants.signals[signal], null) // SIG_DFL
  c.raise(constants.signals[signal])
}

function cString(bytes: Buffer): Buffer {
  if (bytes.includes(0)) throw new SystemError('EINVAL') // would be cut off there
  return Buffer.concat([bytes, Buffer.alloc(1)])
}

/** @returns the addresses, ended by a null, and the memory that they point into */
function cStrings(all: readonly Buffer[]): [BigUint64Array, Buffer] {
  const memory = Buffer.concat(all.map(cString))
  const addresses = new BigUint64Array(all.length + 1)
  let at = memory.length === 0 ? 0 : ptr(memory)
  for (const [index, bytes] of all.entries()) {
    addresses[index] = BigInt(at)
    at += bytes.length + 1
  }
  return [addresses, memory]
}
