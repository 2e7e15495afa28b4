/**
 * What the background asks of a page, and what the page's injected part reports. No value is ever reported. `fill` takes one: the
 * background gives it to one document, as an argument of the injected call.
 */
import type { Barred } from './visible.ts'

/** How sure a field is, by how it was found. */
export const rank = { focused: 5, keyPassword: 4, key: 3, password: 2, onlyField: 1 } as const

export interface FieldReport {
  readonly kind: 'field'
  /** Of the gesture that asked. Who reports is told by the browser, beside the message. */
  readonly token: string
  /** From this frame outwards to the tab's. */
  readonly origins: readonly string[]
  /** Where the tab's focus is, seen from this frame; `foreign` in a frame in this one that belongs to another site. */
  readonly focus: 'here' | 'foreign' | 'elsewhere'
  readonly field: { readonly label: string; readonly rank: number; readonly inView: boolean; readonly barred: Barred | null } | null
}

/** `not-kept`: the page put something else in its place. `too-long`: the field would not have taken it from a person. */
export type Setting = 'filled' | 'not-kept' | 'too-long' | 'locked-field'

export type Filling = Setting | Barred

export interface PageCalls {
  /** Looks for a field, keeps it under the token, and reports. */
  find(token: string, chosen: boolean): Promise<void>
  /** Brings the kept field into view and reports again. */
  look(token: string): Promise<void>
  /** @param origins as they were reported: with others around it the document is not the one that was found */
  fill(token: string, value: string, origins: readonly string[]): Filling
}
