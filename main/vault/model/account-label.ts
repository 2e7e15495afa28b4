import type { Colour } from '../../../shared/lists/accounts.ts'

/**
 * An account's label and colour, chosen by its person. Stored apart from the account record, which is rewritten at every sign-in with the
 * server's data.
 */
export interface AccountLabel {
  readonly accountId: string
  /** Null to use the account's own name. */
  readonly label: string | null
  readonly colour: Colour | null
}

/** @returns the account's label; an empty one if none was chosen */
export function labelOfAccount(vault: { readonly cache: { labels(): readonly AccountLabel[] } }, accountId: string): AccountLabel {
  return vault.cache.labels().find((label) => label.accountId === accountId) ?? { accountId, label: null, colour: null }
}
