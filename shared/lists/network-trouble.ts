/** Refusals that say that the server did not answer, or that another server answered in its place. They say nothing about the request. */
export const networkTrouble = [
  'server-unreachable',
  'server-untrusted',
  'server-timeout',
  'server-error',
  'server-redirected',
  'answer-invalid',
  'answer-too-large',
  'throttled',
  'app-unknown',
] as const
