/** No space on the disk, or this user's quota is exhausted. */
const fullDisk: ReadonlySet<string | null> = new Set(['ENOSPC', 'EDQUOT'])
/** The same in words, for libraries that pass on no code. */
const fullDiskMessage = /no space|ENOSPC|quota/i

/** @returns the code of a system error, such as `ENOENT`; null for any other error */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

export function isDiskFull(error: unknown): boolean {
  return fullDisk.has(systemCode(error))
}

export function saysDiskFull(sentence: string): boolean {
  return fullDiskMessage.test(sentence)
}
