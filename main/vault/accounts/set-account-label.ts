import { saveDirectoryEntry } from './account-directory.ts'
import type { AccountLabel } from '../model/account-label.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { requireWritable } from '../session/read-only.ts'
import { readable } from '../model/readable.ts'

/** Maximum length of a label, in UTF-16 units. */
const maxLabelLength = 40

/**
 * Sets or removes an account's label and colour.
 * @param chosen a label that is blank counts as no label
 * @throws Refusal `account-not-found`, `read-only`, `keychain-…`
 */
export function setAccountLabel(opened: UnlockedVault, accountId: string, chosen: Omit<AccountLabel, 'accountId'>): Promise<void> {
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    const account = accountOf(opened, accountId)
    const label = readable((chosen.label ?? '').replace(/\s+/g, ' ').trim(), maxLabelLength).trim()
    const mark: AccountLabel = { accountId, label: label === '' ? null : label, colour: chosen.colour }
    await saveDirectoryEntry(opened, account, mark) // before the cache, which is rebuilt from it
    opened.cache.commit([{ op: 'put-mark', mark }])
    opened.announce('accounts')
  })
}
