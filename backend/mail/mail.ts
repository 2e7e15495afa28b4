/** How mail leaves. The text holds a one-time link, so an implementation logs neither text nor address. */
export interface Mail {
  send(letter: Letter): Promise<void>
}

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}
