import { journalGrant } from '../release/grants.ts'
import { readListItem, items } from '../keychain/items.ts'
import type { JournalHead } from './journal-anchor.ts'
import { journalEntry } from './journal.ts'
import { notify } from '../sync/notifications.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change, Cache } from '../ports/cache.ts'
import { changeForOldIntent } from '../model/waiting-change.ts'

/**
 * Looks whether the journal goes on from the line that the keychain has noted. One that does not is an older file, or another: that is told
 * in the journal and to the person, its approvals and paired browsers end, and its waiting changes are not carried out.
 * @throws Refusal `keychain-…` if that cannot be told
 */
export async function checkJournal(opened: UnlockedVault): Promise<void> {
  const noted = await readListItem(opened.keychain, items.journalHead)
  if (noted === null) return
  const head = noted === 'unreadable' ? null : parseHead(noted.expose())
  if (head !== null && isInJournal(opened.cache, head)) return
  opened.cache.commit([
    ...opened.cache.accounts().flatMap(({ id }) => revocationsFor(opened, id)),
    ...opened.cache.pairings().map(({ id }): Change => ({ op: 'drop-pairing', id })),
    ...journalEntry(opened, 'older-file', { detail: head === null ? null : String(head.seq) }),
  ])
  // Before anything else is done in this vault: killed first, the next opening would end what was approved and asked for since.
  await opened.anchor?.flush()
}

export function revocationsFor(opened: UnlockedVault, accountId: string): Change[] {
  return [
    ...opened.cache
      .grants(accountId)
      .flatMap((grant): Change[] => [{ op: 'drop-grant', accountId, id: grant.id }, ...journalGrant(opened, 'revoked', grant)]),
    ...opened.cache
      .intents(accountId)
      .flatMap((intent): Change[] => [
        { op: 'drop-intent', accountId, id: intent.id },
        changeForOldIntent(opened, intent, opened.cache.keys(accountId)),
      ]),
    notify(opened, accountId, 'older-file', { id: null, name: '' }),
  ]
}

/** A line that was dropped since, because the journal was at its length, proves nothing either way. */
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
