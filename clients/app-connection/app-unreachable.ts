/** Why the app could not be reached. */
export type UnreachableReason =
  | 'not-running'
  | 'not-listening'
  | 'not-reachable'
  | 'folder-not-ours'
  | 'launch-unknown'
  | 'launch-untrusted'
  | 'launch-failed'
  | 'no-display'
  | 'app-ended'
  | 'app-silent'

export class AppUnreachable extends Error {
  override readonly name = 'AppUnreachable'

  constructor(readonly reason: UnreachableReason) {
    super(reason)
  }
}
