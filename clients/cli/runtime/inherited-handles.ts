import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** An open file descriptor beyond the three standard ones. */
export interface Handle {
  readonly number: number
  /** Its target as Linux names it: a path, or `pipe:[…]`. */
  readonly target: string
  /** Marked close-on-exec: Node does this at its start with the descriptors that it finds open. */
  readonly kept: boolean
  readonly waits: boolean
}

/** Node's own descriptors, which are never passed on. */
const ofNode = /^anon_inode:\[(?:eventpoll|eventfd|io_uring)\]$/
const closeOnExec = 0o2000000
const nonBlocking = 0o4000

/**
 * The descriptors that this process inherited: `cat <(…)`, a lock of a script, make's job server. Linux lists open descriptors, but not
 * where they came from: a pipe with both ends in this process is taken for one of Node's, unless make says that it is its own.
 * @param makeFlags the variable in which make passes the descriptors of its job server
 */
export function inheritedHandles(makeFlags: string): Handle[] {
  const all = openHandles()
  const named = /--jobserver-(?:auth|fds)=(\d+),(\d+)/.exec(makeFlags)?.slice(1).map(Number) ?? []
  const whole = all.filter((one) => one.target.startsWith('pipe:') && all.some((other) => isOtherEnd(one, other)))
  // Node has one pipe of its own that it polls.
  const waiting = whole.filter(({ number, waits }) => waits && !named.includes(number))
  const own = waiting.length > 2 ? whole.filter(({ waits }) => !waits) : whole
  return all.filter((one) => !ofNode.test(one.target) && (named.includes(one.number) || !own.includes(one)))
}

/** The program gets them under the same numbers. It inherits those without close-on-exec in any case. */
export function stdioFor(handles: readonly Handle[]): (number | 'ignore')[] {
  const marked = handles.filter(({ kept }) => kept).map(({ number }) => number)
  const last = Math.max(2, ...marked)
  return Array.from({ length: last - 2 }, (_, index) => (marked.includes(index + 3) ? index + 3 : 'ignore'))
}

/** The program has them now. They are closed here, so that a reader that waits for their end does not wait for this process. */
export function closeHandles(handles: readonly Handle[]): void {
  for (const { number } of handles) closeSync(number)
}

function isOtherEnd(one: Handle, other: Handle): boolean {
  return other.number !== one.number && other.target === one.target
}

/** Empty if there is no `/proc`. */
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
    return [] // the descriptor with which the folder itself was read
  }
}
