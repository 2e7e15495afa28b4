/** How mail is sent. The text contains a one-time link, so implementations must log neither text nor address. */
export interface Mail {
  send(letter: MailMessage): Promise<void>
}

export interface MailMessage {
  readonly to: string
  readonly subject: string
  readonly text: string
}
