/** Why a backend could not be opened or listen on a port. `serve.ts` prints the sentence, an embedder reads the code. */
export type FailureCode =
  | 'options-invalid'
  | 'data-dir-unusable'
  | 'store-in-use'
  | 'store-unreadable'
  | 'store-newer'
  | 'signing-keys-unusable'
  | 'services-unusable'
  | 'disk-full'
  | 'port-unusable'

/** Thrown by opening and copying, never as the answer to a request. Its message is a sentence without secrets. */
export class BackendFailure extends Error {
  override readonly name = 'BackendFailure'
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
