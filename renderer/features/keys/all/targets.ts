import type { Account } from '../../../../preload/contract.ts'
import type { Dialog } from '../dialogs.svelte.ts'

function canCreate({ managesKeys, signedIn }: Account): boolean {
  return managesKeys && signedIn
}

/** The account that a new key is created in where keys of all accounts are listed: the current one, or else the first that can have keys. */
export function creatorAmong(accounts: readonly Account[], current: Account | null): Account | null {
  return current !== null && canCreate(current) ? current : (accounts.find(canCreate) ?? null)
}

/** The account that a dialog is about, where keys of all accounts are listed. Most are about the chosen key. */
export function accountForDialog(
  dialog: Dialog | null,
  among: {
    readonly accounts: readonly Account[]
    readonly chosen: Account | null
    readonly creator: Account | null
    readonly current: Account | null
  },
): Account | null {
  const otherwise = among.chosen ?? among.current
  if (dialog?.what === 'new') return among.creator ?? otherwise
  if (dialog?.what === 'store') return among.accounts.find(({ kind }) => kind === 'values') ?? otherwise
  return otherwise
}
