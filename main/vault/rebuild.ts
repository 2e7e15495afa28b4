import { readDirectory } from './directory.ts'
import { tell } from './news.ts'
import type { Opened } from './opened.ts'

/**
 * Fills an empty cache from the keychain: the accounts that are filed there. Their keys come with the next list from each server,
 * and their values are found again under the same ids. A first start finds nothing and does nothing.
 */
export async function rebuild(opened: Opened): Promise<void> {
  if (opened.cache.accounts().length > 0) return
  const filed = await readDirectory(opened.keychain)
  const [first] = filed
  if (first === undefined) return
  opened.cache.commit([
    ...filed.map(({ account }) => ({ op: 'put-account' as const, account })),
    ...filed.map(({ mark }) => ({ op: 'put-mark' as const, mark })),
    { op: 'put-current', id: first.account.id },
    ...filed.map(({ account }) => tell(opened, account.id, 'cache-rebuilt', { id: null, name: '' })),
  ])
}
