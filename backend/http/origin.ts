/** Where a request came from. */
export interface Origin {
  /** The client's address. Undefined for in-process calls. */
  readonly address: string | undefined
  /** Whether the client has disconnected, so that no answer can reach it. */
  readonly hasLeft?: () => boolean
}
