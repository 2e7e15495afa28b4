import type { AppState, KeyList } from '../../preload/contract.ts'
import { type Account, type AccountSummary, summariseAccount } from '../vault/model/account.ts'
import { keyLimit } from '../vault/model/key.ts'
import { listKeys } from '../vault/keys/list-keys.ts'
import { labelOfAccount } from '../vault/model/account-label.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { currentLanguage } from '../i18n/texts.ts'
import type { AppServices } from './app-services.ts'

/** The state of the app that the window shows, apart from the key list. */
export function appState({ vault, version, platform, theme, keychain }: AppServices): AppState {
  const code = vault.closed
  if (code !== null) {
    return {
      version,
      platform,
      theme: theme.get(),
      language: currentLanguage(),
      vault: { status: 'closed', code },
      accounts: [],
      current: null,
    }
  }
  const { cache, readOnly } = vault.opened
  const accounts = cache.accounts().map((account) => toAccountSummary(vault.opened, account))
  const open = { status: 'open', keychain: keychain.kind(), readOnly, leftBehind: keychain.leftBehind() } as const
  return { version, platform, theme: theme.get(), language: currentLanguage(), vault: open, accounts, current: cache.current() }
}

export function keyList({ vault }: AppServices): KeyList {
  const current = vault.opened.cache.current()
  return current === null ? noAccount : listKeys(vault.opened, current)
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
