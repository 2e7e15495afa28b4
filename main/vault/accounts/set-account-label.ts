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
export function setAccountLabel(vault: UnlockedVault, accountId: string, chosen: Omit<AccountLabel, 'accountId'>): Promise<void> {
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    const text = readable((chosen.label ?? '').replace(/\s+/g, ' ').trim(), maxLabelLength).trim()
    const label: AccountLabel = { accountId, label: text === '' ? null : text, colour: chosen.colour }
    await saveDirectoryEntry(vault, account, label) // before the cache, which is rebuilt from it
    vault.cache.commit([{ op: 'put-label', label }])
    vault.announce('accounts')
  })
}
