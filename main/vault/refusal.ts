import type { RefusalCode } from '../../shared/lists/refusal-codes.ts'
import { isDiskFull } from '../../shared/system-error.ts'

export type { RefusalCode }

/**
 * The only error that is shown to a person. Its message is its code, without paths, server text or typed text. `mayHaveHappened` is true if
 * the server may have acted before its answer was lost: a timeout, a broken or unreadable answer, a 5xx. The caller must then check the
 * server's state before it reports that nothing was done.
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

/** The refusal for a file that could not be written. @param other the code unless the disk is full */
export function storageRefusal(error: unknown, other: RefusalCode = 'profile-unusable'): Refusal {
  return error instanceof Refusal ? error : new Refusal(isDiskFull(error) ? 'disk-full' : other)
}

/** Runs `write`, and turns its error into a refusal. @throws Refusal those of `storageRefusal` */
export function orStorageRefusal<T>(write: () => T, other?: RefusalCode): T {
  try {
    return write()
  } catch (error) {
    throw storageRefusal(error, other)
  }
}

/** For `catch`: drops a refusal. Anything else is thrown again. */
export function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

/** The code of any thrown value. Anything but a Refusal is a bug, whose text is not passed on. */
export function codeOf(error: unknown): RefusalCode {
  return error instanceof Refusal ? error.code : 'internal'
}
