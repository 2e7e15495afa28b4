import { storedLimit } from '../vault/key.ts'
import { Refusal } from '../vault/refusal.ts'
import { Secret } from '../vault/secret.ts'

/** A value in a file from elsewhere, and what it is called there. */
export interface Found {
  readonly name: string
  readonly value: Secret
}

/** What a file has that is not taken, and why. `line`: where it stands, from 1, in files of lines. */
export interface Passed {
  readonly name: string
  readonly why: 'empty' | 'too-long' | 'unreadable'
}

export interface Reading {
  readonly found: Found[]
  readonly passed: Passed[]
}

/** Bytes of a value: what the smallest of the systems' keychains takes of one item. */
export const longest = 2560

/** Sorts one entry into those that can be kept and those that cannot. @throws Refusal `stored-limit` */
export function sort(reading: Reading, name: string, value: string): void {
  if (value === '') pass(reading, name, 'empty')
  else if (Buffer.byteLength(value) > longest) pass(reading, name, 'too-long')
  else if (/[\0\ud800-\udfff]/u.test(value)) pass(reading, name, 'unreadable')
  else if (reading.found.length === storedLimit) throw new Refusal('stored-limit')
  else reading.found.push({ name, value: new Secret(value) })
}

/** A file of many megabytes can have millions of entries, each of which would be shown. @throws Refusal `stored-limit` */
export function pass({ passed }: Reading, name: string, why: Passed['why']): void {
  if (passed.length === storedLimit) throw new Refusal('stored-limit')
  passed.push({ name, why })
}
