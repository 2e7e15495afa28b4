import type { Account } from '../../preload/contract.ts'
import { texts } from '../words/texts.svelte.ts'

/** What an account is called: its e-mail where it has one, else how it signs in. */
export function accountName(account: Account): string {
  if (account.kind === 'local') return texts().accounts.names.local
  if (account.email !== null) return account.email
  const ending = account.userId.slice(-4)
  if (account.method === 'anonymous') return texts().accounts.names.anonymous(ending)
  return account.method === 'api-key' ? texts().accounts.names.byKey(ending) : texts().accounts.names.user(ending)
}

/** Where an account is: the server's host and app, or where a local vault keeps its keys. */
export function accountPlace(account: Account): string {
  if (account.server === null) return texts().accounts.names.noServer
  return `${hostOf(account.server.url)} · ${account.server.appId}`
}

/** The host of a server’s URL. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    // Main keeps only URLs that parse; should one not, showing it whole is truer than showing nothing.
    return url
  }
}
