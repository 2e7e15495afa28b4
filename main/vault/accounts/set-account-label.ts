import { saveDirectoryEntry } from './account-directory.ts'
import type { AccountLabel } from '../model/account-label.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { requireWritable } from '../session/read-only.ts'
import { readable } from '../model/readable.ts'

/** UTF-16 units a label may have. */
const maxLabelLength = 40

/**
 * Gives an account a label and a colour, or takes them away.
 * @param chosen a label of blanks alone is none
 * @throws Refusal `account-not-found`, `read-only`, `keychain-…`
 */
export function setAccountLabel(opened: UnlockedVault, accountId: string, chosen: Omit<AccountLabel, 'accountId'>): Promise<void> {
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    const account = accountOf(opened, accountId)
    const label = readable((chosen.label ?? '').replace(/\s+/g, ' ').trim(), maxLabelLength).trim()
    const mark: AccountLabel = { accountId, label: label === '' ? null : label, colour: chosen.colour }
    await saveDirectoryEntry(opened, account, mark) // first, like every account's entry: a lost cache is made anew from it
    opened.cache.commit([{ op: 'put-mark', mark }])
    opened.announce('accounts')
  })
}
