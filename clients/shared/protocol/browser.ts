/**
 * What the browser extension and the app say to one another, through the native messaging host, which passes it on unread.
 *
 * Outside the sealed session only its opening and pairing are said, in clear, as `Opening`. Everything else is sealed. A value travels
 * in one message: the answer to `fill`.
 */

/** Where a field is, told by the browser and never by the page. */
export interface Place {
  /** Of the frame that the field is in. Without its query and fragment, which name nothing and may be long or secret. */
  readonly url: string
  /** Of the tab. */
  readonly top: string
  /** The origins of the frames between the field's and the tab's, inner first, as the browser serialises them: an opaque one is "null". */
  readonly ancestors: readonly string[]
}

/** A key that may be filled in at a place. Never one of another origin. */
export interface Offer {
  /** Opaque; good for this session and this origin. */
  readonly ref: string
  readonly name: string
  readonly account: string
}

export interface BrowserCalls {
  /** The keys for the site of a place. */
  offers: { input: { place: Place }; output: { keys: Offer[]; locked: boolean } }
  /** One value, once a person has approved it. The only answer that carries one. */
  fill: { input: { place: Place; ref: string }; output: { value: string } }
  /**
   * Lets the person choose in the app a key for the site, which it has from then on. Answered with that key alone; the choice is an
   * approval too, for the one filling that follows.
   */
  learn: { input: { place: Place }; output: { keys: Offer[] } }
}

export type BrowserCallName = keyof BrowserCalls
export type BrowserInput<N extends BrowserCallName> = BrowserCalls[N]['input']
export type BrowserOutput<N extends BrowserCallName> = BrowserCalls[N]['output']

export interface BrowserRequest<N extends BrowserCallName = BrowserCallName> {
  readonly id: number
  readonly call: N
  readonly input: BrowserInput<N>
}

export type BrowserAnswer =
  { readonly id: number; readonly ok: true; readonly value: unknown } | { readonly id: number; readonly ok: false; readonly code: string }
