import { readFileSync, writeFileSync } from 'node:fs'

const filter = '/proc/self/coredump_filter'
let before: string | null = null

/**
 * From now on a core of this process has none of its memory in it: the values are there that it was given. Linux; elsewhere, and where
 * the kernel writes no cores at all, nothing is to be done.
 */
export function emptyCores(): void {
  try {
    before = `0x${readFileSync(filter, 'latin1').trim()}`
    writeFileSync(filter, '0')
  } catch {
    before = null
  }
}

/** Starts a program whose cores are its own affair: it would get ours handed down. */
export function withCoresAsBefore<T>(start: () => T): T {
  if (before === null) return start()
  writeFileSync(filter, before)
  try {
    return start()
  } finally {
    writeFileSync(filter, '0')
  }
}
