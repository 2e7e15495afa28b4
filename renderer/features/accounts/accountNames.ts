import type { Account, Colour } from '../../../preload/contract.ts'
import type { IconName } from '../../ui/drawings.ts'
import { ownNames } from '../../i18n/ownNames.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** As main has them, in the order in which they are offered. */
export const colours: readonly Colour[] = ['teal', 'blue', 'violet', 'pink', 'red', 'orange', 'yellow', 'green', 'grey']

export function accountIcon({ kind }: Pick<Account, 'kind'>): IconName {
  return kind === 'local' ? 'computer' : kind === 'values' ? 'key' : 'user'
}

/** What an account is called: as its person says, else what it is called by itself. */
export function accountName(account: Account): string {
  return account.label ?? ownName(account)
}

/** What an account is called where main says no more of it than its name. */
export function spokenName(name: string): string {
  const own = ownNames.get(name)
  return own === undefined ? name : texts().accounts.names[own]
}

/** Its e-mail where it has one, else how it signs in. */
export function ownName(account: Account): string {
  if (account.kind === 'values') return texts().accounts.names.values
  if (account.kind === 'local') return texts().accounts.names.local
  if (account.email !== null) return account.email
  const ending = account.userId.slice(-4)
  if (account.method === 'anonymous') return texts().accounts.names.anonymous(ending)
  return account.method === 'api-key' ? texts().accounts.names.byKey(ending) : texts().accounts.names.user(ending)
}

/** Where an account is: the server's host and app, and who is signed in there if its name does not say so; or where a local vault keeps its keys. */
export function accountPlace(account: Account): string {
  const { names } = texts().accounts
  const place =
    account.server === null
      ? account.kind === 'values'
        ? names.valuesPlace
        : names.noServer
      : `${shortUrl(account.server.url)} · ${account.server.appId}`
  return account.label === null || account.server === null ? place : `${ownName(account)} · ${place}`
}

/** A server’s URL without its scheme, as short as it tells servers apart: the host, the port and the base path. */
export function shortUrl(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname.replace(/\/$/, '')}`
  } catch {
    // Main keeps only URLs that parse. One that does not is shown whole.
    return url
  }
}
