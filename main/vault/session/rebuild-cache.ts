import { noDetails } from '../../../shared/key-details.ts'
import type { Account } from '../model/account.ts'
import { readDirectoryLeniently, readDirectory } from '../accounts/account-directory.ts'
import { items, readListItem } from '../keychain/items.ts'
import type { KeyRecord } from '../model/key.ts'
import { issuingService } from '../stored-values/issuing-service.ts'
import { notify } from '../sync/notifications.ts'
import type { UnlockedVault } from './unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { entriesOf, readIndex, readPages } from '../keychain/value-index.ts'

/**
 * Fills an empty cache with the accounts in the keychain's directory. Their keys come with the next list from each server, and their values
 * are found again under the same ids; stored values are listed in the keychain itself. On a first start there is nothing to find.
 *
 * A read-only vault reads damaged lists as far as possible. A writable vault refuses them, because the next change would overwrite what may
 * still be restored.
 * @throws Refusal `keychain-…`; `keychain-damaged` for a writable vault
 */
export async function rebuildCache(vault: UnlockedVault): Promise<void> {
  if (vault.cache.accounts().length > 0) return
  const found = await (vault.readOnly === null ? readDirectory(vault.keychain) : readDirectoryLeniently(vault.keychain))
  const [first] = found
  if (first === undefined) return
  vault.cache.commit([
    ...found.map(({ account }) => ({ op: 'put-account' as const, account })),
    ...found.map(({ label }) => ({ op: 'put-label' as const, label })),
    { op: 'put-current', id: first.account.id },
    ...(await storedValueChanges(
      vault,
      found.map(({ account }) => account),
    )),
    ...found.map(({ account }) => notify(vault, account.id, 'cache-rebuilt', { id: null, name: '' })),
  ])
}

/** The stored values that the keychain still has. One that is not what was stored is listed without its value. */
async function storedValueChanges(vault: UnlockedVault, accounts: readonly Account[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const account of accounts) {
    const { id: accountId, method } = account
    const entries = vault.readOnly === null ? await readIndex(vault.keychain, account) : entriesOf(await readPages(vault.keychain, account))
    if (method !== 'values') continue // `recoverValues` lists these once the vault is open
    for (const { id, name, trashed } of entries) {
      const item = items.value(accountId, id)
      const value = await readListItem(vault.keychain, item)
      if (value === null) continue
      const found: Pick<KeyRecord, 'value' | 'lastFour' | 'fingerprint' | 'service'> =
        value === 'unreadable'
          ? { value: 'changed', lastFour: null, fingerprint: null, service: null }
          : {
              ...{ value: 'here', lastFour: value.lastFour(), fingerprint: vault.root.fingerprint(value, item) },
              service: await issuingService(value),
            }
      const state = { enabled: !trashed, goneAt: trashed ? vault.clock() : null, goneFor: 0, sealed: null, verified: null }
      const key: KeyRecord = { accountId, id, name, ...state, ...found, details: noDetails }
      changes.push({ op: 'put-key', key })
    }
  }
  return changes
}
