import { readFileSync, writeFileSync } from 'node:fs'

const filter = '/proc/self/coredump_filter'
let before: string | null = null

/**
 * Keeps this process's memory out of core dumps, because it holds values. Linux only; elsewhere, and where the kernel writes no cores,
 * nothing has to be done.
 */
export function disableCoreDumps(): void {
  try {
    before = `0x${readFileSync(filter, 'latin1').trim()}`
    writeFileSync(filter, '0')
  } catch {
    before = null
  }
}

/** Runs `start` with the original setting, so that the program it starts does not inherit ours. */
export function withOriginalCoreDumps<T>(start: () => T): T {
  if (before === null) return start()
  writeFileSync(filter, before)
  try {
    return start()
  } finally {
    writeFileSync(filter, '0')
  }
}
