/** Why the app could not be reached. */
export type Hindrance =
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

export class Unreached extends Error {
  override readonly name = 'Unreached'

  constructor(readonly hindrance: Hindrance) {
    super(hindrance)
  }
}
