/** A refusal as text: title, what happened, what to do next. */
export interface RefusalWords {
  readonly title: string
  readonly text: string
  readonly next: string
}
