/** Refusals that say that a server gave no answer, or none as the server that it should be; nothing about what was asked of it. */
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
