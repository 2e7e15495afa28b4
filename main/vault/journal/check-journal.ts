import { journalGrant } from '../release/grants.ts'
import { readListItem, items } from '../keychain/items.ts'
import type { JournalHead } from './journal-anchor.ts'
import { journalEntry } from './journal.ts'
import { notify } from '../sync/notifications.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change, Cache } from '../ports/cache.ts'
import { changeForOldIntent } from '../sync/old-intent.ts'

/**
 * Checks that the journal continues from the line that the keychain has noted. If it does not, the cache file is an older copy or another
 * file. That is journaled and reported to the person, all approvals and paired browsers end, and pending changes are not applied.
 * @throws Refusal `keychain-…` if the keychain cannot be read
 */
export async function checkJournal(vault: UnlockedVault): Promise<void> {
  const noted = await readListItem(vault.keychain, items.journalHead)
  if (noted === null) return
  const head = noted === 'unreadable' ? null : parseHead(noted.expose())
  if (head !== null && isInJournal(vault.cache, head)) return
  vault.cache.commit([
    ...vault.cache.accounts().flatMap(({ id }) => revocationsFor(vault, id)),
    ...vault.cache.pairings().map(({ id }): Change => ({ op: 'drop-pairing', id })),
    ...journalEntry(vault, 'older-file', { detail: head === null ? null : String(head.seq) }),
  ])
  // The new line is noted before anything else happens in this vault. If the process were killed before that, the next opening would revoke
  // approvals that were given since.
  await vault.anchor?.flush()
}

export function revocationsFor(vault: UnlockedVault, accountId: string): Change[] {
  return [
    ...vault.cache
      .grants(accountId)
      .flatMap((grant): Change[] => [{ op: 'drop-grant', accountId, id: grant.id }, ...journalGrant(vault, 'revoked', grant)]),
    ...vault.cache
      .intents(accountId)
      .flatMap((intent): Change[] => [
        { op: 'drop-intent', accountId, id: intent.id },
        changeForOldIntent(vault, intent, vault.cache.keys(accountId)),
      ]),
    notify(vault, accountId, 'older-file', { id: null, name: '' }),
  ]
}

/**
 * Whether the journal contains the noted line. A line that was trimmed since, because the journal reached its maximum length, counts as
 * contained: it proves nothing either way.
 */
export function isInJournal(cache: Cache, { seq, hash }: JournalHead): boolean {
  const [last] = cache.lines({ limit: 1 })
  if (last === undefined || last.seq < seq) return false
  const [line] = last.seq === seq ? [last] : cache.lines({ limit: 1, before: seq + 1 })
  return line === undefined || (line.seq === seq && line.hash === hash)
}

export function parseHead(text: string): JournalHead | null {
  const [, seq, hash] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(text) ?? []
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash }
}
