/** By which a person tells accounts apart at a glance. The window has a light and a dark tone for each. */
export const colours = ['teal', 'blue', 'violet', 'pink', 'red', 'orange', 'yellow', 'green', 'grey'] as const
export type Colour = (typeof colours)[number]

/**
 * What a person calls an account, and its colour. Kept apart from the account, which is written anew at every sign-in with what its
 * server says.
 */
export interface AccountLabel {
  readonly accountId: string
  /** Null for what the account is called by itself. */
  readonly label: string | null
  readonly colour: Colour | null
}

/** @returns an account's; nothing chosen if there is none */
export function labelOfAccount(opened: { readonly cache: { marks(): readonly AccountLabel[] } }, accountId: string): AccountLabel {
  return opened.cache.marks().find((mark) => mark.accountId === accountId) ?? { accountId, label: null, colour: null }
}
