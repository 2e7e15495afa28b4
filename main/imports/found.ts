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

/** Sorts one entry into those that can be kept and those that cannot. */
export function sort(reading: Reading, name: string, value: string): void {
  if (value === '') reading.passed.push({ name, why: 'empty' })
  else if (Buffer.byteLength(value) > longest) reading.passed.push({ name, why: 'too-long' })
  else if (/[\0\ud800-\udfff]/u.test(value)) reading.passed.push({ name, why: 'unreadable' })
  else reading.found.push({ name, value: new Secret(value) })
}
