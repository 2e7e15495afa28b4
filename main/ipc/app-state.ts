import type { AppState, KeyList } from '../../preload/contract.ts'
import { type Account, type AccountSummary, summariseAccount } from '../vault/model/account.ts'
import { keyLimit } from '../vault/model/key.ts'
import { listKeys } from '../vault/keys/list-keys.ts'
import { labelOfAccount } from '../vault/model/account-label.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { currentLanguage } from '../i18n/texts.ts'
import type { AppServices } from './app-services.ts'

/** The state of the app that the window shows, apart from the key list. */
export function appState({ vault, version, platform, theme, keyView, keychain }: AppServices): AppState {
  const code = vault.closed
  const window = { version, platform, theme: theme.get(), language: currentLanguage(), keyView: keyView.get() }
  if (code !== null) return { ...window, vault: { status: 'closed', code }, accounts: [], current: null }
  const { cache, readOnly } = vault.opened
  const accounts = cache.accounts().map((account) => toAccountSummary(vault.opened, account))
  const open = { status: 'open', keychain: keychain.kind(), readOnly, leftBehind: keychain.leftBehind() } as const
  return { ...window, vault: open, accounts, current: cache.current() }
}

/** @param accountId null for the current account. @throws Refusal `account-not-found` */
export function keyList({ vault }: AppServices, accountId: string | null): KeyList {
  const id = accountId ?? vault.opened.cache.current()
  return id === null ? noAccount : listKeys(vault.opened, id)
}

/** The lists of several accounts, in the order of the accounts. Those that were forgotten meanwhile are left out. */
export function keyLists({ vault }: AppServices, accountIds: ReadonlySet<string> | 'all'): KeyList[] {
  const accounts = vault.opened.cache.accounts()
  return accounts.filter(({ id }) => accountIds === 'all' || accountIds.has(id)).map(({ id }) => listKeys(vault.opened, id))
}

export const noAccount: KeyList = {
  accountId: null,
  keys: [],
  limit: keyLimit,
  syncedAt: null,
  connection: 'signed-out',
  trouble: null,
  waiting: [],
  news: [],
  trash: [],
  keychain: null,
}

export function toAccountSummary(unlocked: UnlockedVault, account: Account): AccountSummary {
  return summariseAccount(account, labelOfAccount(unlocked, account.id))
}
