/** Messages between the extension's own pages and its background. No value is part of them. */
import * as v from 'valibot'
import type { Offer } from '../shared/protocol/browser.ts'

export type View =
  | { readonly state: 'looking' }
  /** Nothing can be done before this is solved. */
  | { readonly state: 'trouble'; readonly code: string }
  | { readonly state: 'unpaired' }
  | { readonly state: 'pairing'; readonly code: string; readonly confirmed: boolean }
  | { readonly state: 'paired' }
  | {
      readonly state: 'keys'
      readonly site: string
      readonly keys: readonly Offer[]
      /** The field's label. Null if no field can be filled in; `obstacle` says why. */
      readonly field: string | null
      readonly obstacle: string | null
      /** Why the last attempt failed. */
      readonly refused: string | null
    }
  /** The app shows a prompt. */
  | { readonly state: 'choosing'; readonly site: string }
  | { readonly state: 'filling'; readonly name: string; readonly site: string }
  | { readonly state: 'filled'; readonly name: string; readonly site: string }

export const pageMessage = v.variant('ask', [
  /** Asks for the state of the active tab. */
  v.strictObject({ ask: v.literal('look') }),
  v.strictObject({ ask: v.literal('fill'), ref: v.pipe(v.string(), v.maxLength(64)) }),
  v.strictObject({ ask: v.literal('learn') }),
  v.strictObject({ ask: v.literal('pair') }),
  v.strictObject({ ask: v.literal('confirm') }),
  v.strictObject({ ask: v.literal('cancel') }),
])
export type PageMessage = v.InferOutput<typeof pageMessage>
