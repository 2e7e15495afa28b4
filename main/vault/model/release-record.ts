import type { Requester } from './requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'

/** The release of one value: which, when, for what purpose, to whom. Journal lines of the event `release` record it. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly requester: Requester
  readonly at: number
}
