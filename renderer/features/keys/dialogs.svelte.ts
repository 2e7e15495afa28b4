import type { Key } from '../../../preload/contract.ts'
import type { KeyOutlets } from './keyOutlets.svelte.ts'

/** What a dialog is about; the key as it was when it opened, so that it does not change under the person's hands. */
export type Dialog =
  | { readonly what: 'new'; readonly name: string }
  | { readonly what: 'sign-out' | 'mark' | 'moving' | 'import' | 'waiting' | 'trash' | 'approvals' | 'browsers' | 'journal' | 'settings' }
  | { readonly what: 'delete' | 'replace' | 'add-value' | 'prove'; readonly key: Key }
  | { readonly what: 'add-site'; readonly key: Key; readonly outlets: KeyOutlets }

/** The one dialog that is open over the keys, if any. */
export class Dialogs {
  open = $state.raw<Dialog | null>(null)

  show(dialog: Dialog): void {
    this.open = dialog
  }

  close(): void {
    this.open = null
  }
}
