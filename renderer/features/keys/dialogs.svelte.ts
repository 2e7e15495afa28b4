import type { Key } from '../../../preload/contract.ts'
import type { KeyOutlets } from './keyOutlets.svelte.ts'

/** What a dialog is about. The key is a snapshot from when the dialog opened, so that it does not change while the user reads it. */
export type Dialog =
  | { readonly what: 'new'; readonly name: string }
  | {
      readonly what:
        | 'store'
        | 'sign-out'
        | 'mark'
        | 'transfer'
        | 'import'
        | 'waiting'
        | 'trash'
        | 'approvals'
        | 'browsers'
        | 'journal'
        | 'settings'
        | 'shortcuts'
    }
  | { readonly what: 'delete' | 'replace' | 'add-value' | 'prove' | 'change-value' | 'rename' | 'details'; readonly key: Key }
  | { readonly what: 'add-site'; readonly key: Key; readonly outlets: KeyOutlets }

/** The dialog that is open on the keys screen, if any. */
export class Dialogs {
  open = $state.raw<Dialog | null>(null)

  /** @param onshow called before a dialog opens */
  constructor(readonly onshow: (dialog: Dialog) => void = () => undefined) {}

  show(dialog: Dialog): void {
    this.onshow(dialog)
    this.open = dialog
  }

  close(): void {
    this.open = null
  }
}
