/** A refusal in words: what it is called, what happened, what to do next. */
export interface RefusalWords {
  readonly title: string
  readonly text: string
  readonly next: string
}
