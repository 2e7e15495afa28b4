/** The exit statuses of the command. `run` returns the program's own status once that was started. */
export const exitStatus = {
  fine: 0,
  fault: 1,
  usage: 2,
  unreached: 3,
  closed: 4,
  refused: 5,
  unknown: 6,
  noValue: 7,
  notExecutable: 126,
  notFound: 127,
} as const

export type Exit = (typeof exitStatus)[keyof typeof exitStatus]

const closed = /^(locked|passphrase-|keychain-|profile-)/
const refused = /^approval-/
const unknown = /^(key-not-found|key-ambiguous|account-not-found)$/
const noValue = /^(value-|creation-unsettled$|key-disabled$)/

/** The exit status for one of the app's refusal codes. */
export function exitFor(code: string): Exit {
  if (closed.test(code)) return exitStatus.closed
  if (refused.test(code)) return exitStatus.refused
  if (unknown.test(code)) return exitStatus.unknown
  return noValue.test(code) ? exitStatus.noValue : exitStatus.fault
}
