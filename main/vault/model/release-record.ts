import type { Purpose, Requester } from './requester.ts'

/** Which value left the vault, when, for what, to whom: the journal's lines of that kind. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly requester: Requester
  readonly at: number
}
