/** Between the extension's own pages and its background. No value crosses here. */
import * as v from 'valibot'
import type { Offer } from '../shared/protocol/browser.ts'

export type View =
  | { readonly state: 'looking' }
  /** Nothing can be done before this is mended. */
  | { readonly state: 'trouble'; readonly code: string }
  | { readonly state: 'unpaired' }
  | { readonly state: 'pairing'; readonly code: string; readonly confirmed: boolean }
  | { readonly state: 'paired' }
  | {
      readonly state: 'keys'
      readonly site: string
      readonly keys: readonly Offer[]
      /** What the field is called; null where none can be filled in, and `barred` says why. */
      readonly field: string | null
      readonly barred: string | null
      /** How the last attempt ended, if badly. */
      readonly refused: string | null
    }
  /** The app asks the person. */
  | { readonly state: 'choosing'; readonly site: string }
  | { readonly state: 'filling'; readonly name: string; readonly site: string }
  | { readonly state: 'filled'; readonly name: string; readonly site: string }

export const pageMessage = v.variant('ask', [
  /** What is there for the tab in front. */
  v.strictObject({ ask: v.literal('look') }),
  v.strictObject({ ask: v.literal('fill'), ref: v.pipe(v.string(), v.maxLength(64)) }),
  v.strictObject({ ask: v.literal('learn') }),
  v.strictObject({ ask: v.literal('pair') }),
  v.strictObject({ ask: v.literal('confirm') }),
  v.strictObject({ ask: v.literal('cancel') }),
])
export type PageMessage = v.InferOutput<typeof pageMessage>
