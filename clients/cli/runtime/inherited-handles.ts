import { readdirSync, readlinkSync } from 'node:fs'

/** The runtime's own descriptors, which are never passed on. */
const ofRuntime = /^anon_inode:\[(?:eventpoll|eventfd|io_uring|timerfd|signalfd|pidfd)\]$/

/**
 * The descriptors beyond the three standard ones that this process inherited: `cat <(…)`, a lock of a script, make's job server. Linux lists
 * open descriptors, but not where they came from: this has to be called before this process opens any.
 */
export function inheritedHandles(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((number) => number > 2 && isInherited(number))
}

function isInherited(number: number): boolean {
  try {
    return !ofRuntime.test(readlinkSync(`/proc/self/fd/${number}`))
  } catch {
    return false // the descriptor with which the folder itself was read
  }
}
