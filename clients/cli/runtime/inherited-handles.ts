import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** An open file of ours beyond the three that every program has. */
export interface Handle {
  readonly number: number
  /** What it is, as Linux names it: a path, or `pipe:[…]`. */
  readonly target: string
  /** Node has marked it so that no program gets it, as it does at its start with what it finds open. */
  readonly kept: boolean
  readonly waits: boolean
}

/** What Node opens for itself is never handed on. */
const ofNode = /^anon_inode:\[(?:eventpoll|eventfd|io_uring)\]$/
const closeOnExec = 0o2000000
const nonBlocking = 0o4000

/**
 * The open files that this process was started with: `cat <(…)`, a lock that a script holds, make's job server. Linux tells which are
 * open, and not since when: a pipe of which both ends are here is taken for one of Node's, unless make says that it is its own.
 * @param makeFlags by which make tells its programs the numbers of its job server
 */
export function inheritedHandles(makeFlags: string): Handle[] {
  const all = openHandles()
  const named = /--jobserver-(?:auth|fds)=(\d+),(\d+)/.exec(makeFlags)?.slice(1).map(Number) ?? []
  const whole = all.filter((one) => one.target.startsWith('pipe:') && all.some((other) => isOtherEnd(one, other)))
  // Node has one pipe of its own on which it waits.
  const waiting = whole.filter(({ number, waits }) => waits && !named.includes(number))
  const own = waiting.length > 2 ? whole.filter(({ waits }) => !waits) : whole
  return all.filter((one) => !ofNode.test(one.target) && (named.includes(one.number) || !own.includes(one)))
}

/** A program gets them under the same numbers. Those that Node has not marked it gets in any case. */
export function handedOn(handles: readonly Handle[]): (number | 'ignore')[] {
  const marked = handles.filter(({ kept }) => kept).map(({ number }) => number)
  const last = Math.max(2, ...marked)
  return Array.from({ length: last - 2 }, (_, index) => (marked.includes(index + 3) ? index + 3 : 'ignore'))
}

/** The program has them now: whoever waits for their end is not to wait for us. */
export function closeHandles(handles: readonly Handle[]): void {
  for (const { number } of handles) closeSync(number)
}

function isOtherEnd(one: Handle, other: Handle): boolean {
  return other.number !== one.number && other.target === one.target
}

/** None where there is no `/proc`. */
function openHandles(): Handle[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((number) => number > 2)
    .flatMap(openHandle)
}

function openHandle(number: number): Handle[] {
  try {
    const target = readlinkSync(`/proc/self/fd/${number}`)
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'latin1'))?.[1] ?? '', 8)
    return [{ number, target, kept: (flags & closeOnExec) !== 0, waits: (flags & nonBlocking) === 0 }]
  } catch {
    return [] // by which the folder itself was read
  }
}
