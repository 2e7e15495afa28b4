/** What a button beside a refusal can do about it. */
export type Remedy = 'try-again' | 'sync' | 'sign-in' | 'unlock'

/** A refusal in words: what it is called, what happened, what to do next. */
export interface RefusalWords {
  readonly title: string
  readonly text: string
  readonly next: string
  readonly remedy?: Remedy
}
