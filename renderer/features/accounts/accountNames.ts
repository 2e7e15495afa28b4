import type { Account } from '../../../preload/contract.ts'
import type { IconName } from '../../ui/icons/drawings.ts'
import { ownNames } from '../../i18n/ownNames.ts'
import { texts } from '../../i18n/texts.svelte.ts'

export function accountIcon({ kind }: Pick<Account, 'kind'>): IconName {
  return kind === 'local' ? 'computer' : kind === 'values' ? 'key' : 'user'
}

/** The account's name: the label set by the user, or else its own name. */
export function accountName(account: Account): string {
  return account.label ?? ownName(account)
}

/** The displayed form of an account name that main sent without further data. */
export function translatedName(name: string): string {
  const own = ownNames.get(name)
  return own === undefined ? name : texts().accounts.names[own]
}

/** The account's e-mail address if it has one, otherwise its sign-in method. */
export function ownName(account: Account): string {
  if (account.kind === 'values') return texts().accounts.names.values
  if (account.kind === 'local') return texts().accounts.names.local
  if (account.email !== null) return account.email
  const ending = account.userId.slice(-4)
  if (account.method === 'anonymous') return texts().accounts.names.anonymous(ending)
  return account.method === 'api-key' ? texts().accounts.names.byKey(ending) : texts().accounts.names.user(ending)
}

/** Where an account is: the server's host and app, and the user if the name does not say so. For a local vault, where it keeps its keys. */
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

/** A server's URL without scheme: host, port and base path, which is enough to tell servers apart. */
export function shortUrl(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname.replace(/\/$/, '')}`
  } catch {
    // Main stores only URLs that parse. Any other text is shown unchanged.
    return url
  }
}
