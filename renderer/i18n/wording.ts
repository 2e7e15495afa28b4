/** A refusal as text: title, what happened, what to do next. */
export interface RefusalTexts {
  readonly title: string
  readonly text: string
  readonly next: string
}
