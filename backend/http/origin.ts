/** Where a request came from. */
export interface Origin {
  /** The client's address; undefined when the backend is called in process. */
  readonly address: string | undefined
  /** Whether the client broke off, so that no answer reaches it. */
  readonly hasLeft?: () => boolean
}
