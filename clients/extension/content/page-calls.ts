/**
 * The calls of the background to an injected script, and that script's reports. A report never contains a value. `fill` takes one: the
 * background passes it to one document, as an argument of the injected call.
 */

/** Why a field is not filled in. */
export const fieldObstacles = ['gone', 'hidden', 'transparent', 'tiny', 'off-screen', 'covered', 'other-frame'] as const
export type FieldObstacle = (typeof fieldObstacles)[number]

/** Where the focus of a tab is, seen from one of its frames. `foreign`: in a child frame of another site. */
export const focusPlaces = ['here', 'foreign', 'elsewhere'] as const
export type FocusPlace = (typeof focusPlaces)[number]

/** How certain a field is, by how it was found. */
export const rank = { focused: 5, keyPassword: 4, key: 3, password: 2, onlyField: 1 } as const

export interface FieldReport {
  readonly kind: 'field'
  /** The token of the gesture. Who sent the report is told by the browser, beside the message. */
  readonly token: string
  /** From this frame up to the tab's. */
  readonly origins: readonly string[]
  readonly focus: FocusPlace
  readonly field: {
    readonly label: string
    readonly rank: number
    readonly inView: boolean
    readonly obstacle: FieldObstacle | null
  } | null
}

/** `not-kept`: the page replaced the value. `too-long`: a user could not have typed it into the field. */
export type SetResult = 'filled' | 'not-kept' | 'too-long' | 'locked-field'

export type FillResult = SetResult | FieldObstacle

export interface PageCalls {
  /** Looks for a field, stores it under the token, and reports. */
  find(token: string, chosen: boolean): Promise<void>
  /** Scrolls the stored field into view, focuses it and reports again. */
  look(token: string): Promise<void>
  /** @param origins as reported. With other origins around it, the document is not the one that was found */
  fill(token: string, value: string, origins: readonly string[]): FillResult
}
