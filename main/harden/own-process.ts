import { existsSync } from 'node:fs'
import { descendants } from './descendants.ts'

const dumpable = 4 // PR_SET_DUMPABLE
const coreSize = 4 // RLIMIT_CORE, on Linux and macOS
const denyAttach = 31 // PT_DENY_ATTACH

/**
 * Closes this process's memory to the user's other programs: no debugger can attach, no process can read `/proc/PID/mem`, and a crash
 * leaves no core dump. Root still can. Windows offers nothing like it for a running process.
 * @throws Error if the system refuses
 */
export async function closeMemory(platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') return
  const { load } = await import('koffi')
  const library = load(null)
  if (platform === 'linux') closeOnLinux(library)
  if (platform === 'darwin') closeOnMac(library)
}

function closeOnLinux(library: LibraryHandle): void {
  const prctl = library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)') as Call
  const limit = library.func('int prlimit(int, int, const uint64_t *, void *)') as Call
  const none = new BigUint64Array(2)
  setReadable = (to) => requireSuccess(prctl(dumpable, to ? 1 : 0, 0, 0, 0))
  setReadable(false)
  requireSuccess(limit(0, coreSize, none, null))
  // Chromium's first processes were forked before any of our code ran, and the windows' processes are forked from them.
  const limited = new Set<number>()
  // Repeat until there is no new process: one that was forked meanwhile inherited the limit that its parent had then.
  for (let fresh = descendants(); fresh.length > 0; fresh = descendants().filter((child) => !limited.has(child))) {
    for (const child of fresh) {
      if (limit(child, coreSize, none, null) !== 0 && existsSync(`/proc/${child}`)) requireSuccess(-1)
      limited.add(child)
    }
  }
}

/** Null until this process's memory has been closed. */
let setReadable: ((to: boolean) => void) | null = null
let readers = 0

/**
 * Opens the memory while `work` runs, so that the desktop portal can identify this process: it reads `/proc` at a connection's first call,
 * and refuses a process that it cannot read. The user's other programs can read the memory too during that time.
 * @param work only the first call of a connection
 */
export async function withReadableMemory<T>(work: () => Promise<T>): Promise<T> {
  if (readers++ === 0) setReadable?.(true)
  try {
    return await work()
  } finally {
    if (--readers === 0) setReadable?.(false)
  }
}

function closeOnMac(library: LibraryHandle): void {
  const limit = library.func('int setrlimit(int, const uint64_t *)') as Call
  const trace = library.func('int ptrace(int, int, void *, int)') as Call
  requireSuccess(limit(coreSize, new BigUint64Array(2)))
  requireSuccess(trace(denyAttach, 0, null, 0))
}

type LibraryHandle = ReturnType<typeof import('koffi').load>
type Call = (...given: readonly (number | BigUint64Array | null)[]) => number

function requireSuccess(status: number): void {
  if (status !== 0) throw new Error('the system does not let this process close its memory')
}
