import type { RefusalCode } from '../../shared/refusal-codes.ts'
import { isDiskFull } from '../../shared/system-error.ts'

export type { RefusalCode }

/**
 * The only error that means something to a person. Its message is its code: no path, no server text, nothing typed.
 * `mayHaveHappened` is true when the server could have acted before the answer went missing: a timeout, a broken or
 * unreadable answer, a 5xx. Whoever asked for a change must then look before saying that nothing was done.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly mayHaveHappened: boolean

  constructor(code: RefusalCode, { mayHaveHappened = false }: { mayHaveHappened?: boolean } = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.mayHaveHappened = mayHaveHappened
  }
}

/** Why a file of ours could not be written. @param other where it is not for a full disk */
export function storageRefusal(error: unknown, other: RefusalCode = 'profile-unusable'): Refusal {
  return error instanceof Refusal ? error : new Refusal(isDiskFull(error) ? 'disk-full' : other)
}

/** The code of anything thrown. What is not a refusal is a fault of ours, and its text stays here. */
export function codeOf(error: unknown): RefusalCode {
  return error instanceof Refusal ? error.code : 'internal'
}
