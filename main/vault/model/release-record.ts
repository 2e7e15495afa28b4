import type { Purpose, Requester } from './requester.ts'

/** The release of one value: which, when, for what purpose, to whom. Journal lines of the event `release` record it. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly requester: Requester
  readonly at: number
}
