import type { Setting } from './content/page-calls.ts'
import type { Barred } from './content/visible.ts'

/**
 * Why there is nothing to fill, or nothing was filled, where it is not the app that says so. The app's own reasons are its refusal
 * codes, passed on as they are.
 */
export type OwnTrouble =
  | 'not-installed' // the browser knows of no native messaging host
  | 'not-running' // there is one, and it did not reach the app
  | 'unproven' // what answers is not the app that this browser was paired with
  | 'ended' // the connection broke off
  | 'page-closed' // the browser lets no extension into this page
  | 'page-changed' // another document, frame or address than the one that was looked at
  | 'no-field'
  | Barred
  | Exclude<Setting, 'filled'>

export class Trouble extends Error {
  override readonly name = 'Trouble'

  /** @param code an OwnTrouble, or one of the app's refusal codes */
  constructor(readonly code: string) {
    super(code)
  }

  static of(code: OwnTrouble): Trouble {
    return new Trouble(code)
  }
}

/** A fault of our own is told as one: its text may name the page, or worse. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Trouble ? thrown.code : 'internal'
}
