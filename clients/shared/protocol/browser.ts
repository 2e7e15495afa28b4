/**
 * What the browser extension and the app say to one another. The native messaging host passes it on unread.
 *
 * Only the opening of a session and the pairing are sent in clear, as `Opening`. Everything else is encrypted. Exactly one message carries
 * a value: the answer to `fill`.
 */

/** Where a field is, as the browser reports it, never the page. */
export interface Place {
  /** Of the frame that contains the field. Without query and fragment, which identify nothing and may be long or secret. */
  readonly url: string
  /** Of the tab. */
  readonly top: string
  /**
   * The origins from the field's frame up to the tab's, both included, innermost first, as the browser serialises them: an opaque one is
   * "null".
   */
  readonly ancestors: readonly string[]
}

/** A key that may be filled in at a place. Never one of another origin. */
export interface Offer {
  /** Opaque, and valid for this session and this origin. */
  readonly ref: string
  readonly name: string
  readonly account: string
}

export interface BrowserCalls {
  /** The keys for the site of a place. */
  offers: { input: { place: Place }; output: { keys: Offer[]; locked: boolean } }
  /** One value, after the user has approved it. The only answer that carries one. */
  fill: { input: { place: Place; ref: string }; output: { value: string } }
  /**
   * Lets the user choose a key for the site in the app, and assigns it to the site. Answered with that key alone. The choice is also an
   * approval of the one fill that follows.
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
