import { completeDirectory } from '../accounts/account-directory.ts'
import { items, removeItem, writeItem } from '../keychain/items.ts'
import { linesNewestFirst, journalEntry } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import { type SavedAccount, type SavedKey, type Snapshot } from './snapshot.ts'
import { TimeSlice } from '../session/time-slice.ts'
import { changeForOldIntent } from '../model/waiting-change.ts'

/** What a snapshot is put into: an open vault, or one of the moment that only proves that it can be. */
export type RestoreTarget = Pick<
  UnlockedVault,
  'cache' | 'root' | 'keychain' | 'valueIndexes' | 'queues' | 'clock' | 'announce' | 'readOnly'
>

/** @throws Refusal `vault-not-empty`: a restored vault must overwrite nothing; `read-only` */
export function requireEmpty(opened: Pick<UnlockedVault, 'cache' | 'readOnly'>): void {
  requireWritable(opened)
  if (opened.cache.accounts().length > 0 || opened.cache.pairings().length > 0) throw new Refusal('vault-not-empty')
}

/**
 * Puts a snapshot into an empty vault. All of its records, with the values sealed under this vault's root key, are one commit; the values
 * go on to the keychain from there, as new ones do. Interrupted before the commit, the vault is empty and the restoring can be done
 * again; after it, everything is there.
 *
 * Answers for always and paired browsers are not restored: they may have been revoked since, and nobody would see them come back. The
 * sites of keys are. A browser that was paired anew gets nothing for one before its person was asked.
 *
 * @param before made ready before the commit: what must be in place when the accounts are
 * @throws Refusal `vault-not-empty`, `read-only`, `keychain-…`, `disk-full`, and what `before` throws; nothing is restored then
 */
export async function restore(opened: RestoreTarget, snapshot: Snapshot, before: () => Promise<void> = async () => {}): Promise<void> {
  requireEmpty(opened)
  const written: string[] = []
  try {
    await before()
    const local = snapshot.secrets.get(items.local)
    if (local !== undefined && snapshot.accounts.some(({ method }) => method === 'local')) {
      written.push(items.local)
      await writeItem(opened.keychain, items.local, local)
    }
    // The journal's last line is another from the commit on: what is noted of the one before would call that an older file.
    await removeItem(opened.keychain, items.journalHead)
    const keys = await sealKeys(opened, snapshot)
    requireEmpty(opened) // an account that was made meanwhile
    opened.cache.commit(restoreChanges(opened, snapshot, keys))
  } catch (error) {
    for (const item of written) await removeItem(opened.keychain, item)
    throw error
  }
  opened.announce('accounts')
  try {
    await completeDirectory(opened)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error // restored it is: what a keychain did not take now is filed when the vault is opened next
  }
}

function restoreChanges(opened: RestoreTarget, snapshot: Snapshot, keys: readonly KeyRecord[]): Change[] {
  return [
    ...snapshot.accounts.map((account): Change => ({ op: 'put-account', account: restoredAccount(account) })),
    { op: 'put-current', id: snapshot.current },
    ...snapshot.marks.map((mark): Change => ({ op: 'put-mark', mark })),
    ...keys.map((key): Change => ({ op: 'put-key', key })),
    ...snapshot.intents.map((intent) => changeForOldIntent(opened, intent, snapshot.keys)),
    ...snapshot.news.map((news): Change => ({ op: 'put-news', news })),
    ...snapshot.sites.map((site): Change => ({ op: 'put-site', site })),
    ...journalRestoreChanges(opened, snapshot),
    ...journalEntry(opened, 'restored', { detail: new Date(snapshot.at).toISOString() }),
  ]
}

/**
 * A journal that tells of openings alone gives way to the backup's, which goes on from its own last line. One that tells of more stays, and the
 * backup's is left in its file: else whoever had exported everything could forget the accounts, restore, and have a chain that is whole without it.
 */
function journalRestoreChanges({ cache }: RestoreTarget, { lines }: Snapshot): Change[] {
  for (const { event } of linesNewestFirst(cache)) if (event !== 'unlocked' && event !== 'locked') return []
  return [{ op: 'trim-journal', limit: 0 }, ...lines.map((line): Change => ({ op: 'put-line', line }))]
}

/** The vault that was on the other computer signs itself in, and stored values need no signing in. */
function restoredAccount(account: SavedAccount) {
  return { ...account, signedIn: account.method === 'local' || account.method === 'values', trouble: null }
}

/** Other work has its turn in between. @throws Refusal `locked` if the vault was meanwhile */
async function sealKeys(opened: RestoreTarget, { keys, secrets }: Snapshot): Promise<KeyRecord[]> {
  const slice = new TimeSlice()
  const records: KeyRecord[] = []
  for (const key of keys) {
    records.push(sealKey(opened, key, secrets))
    if (slice.isOver) await slice.next()
  }
  return records
}

function sealKey(opened: RestoreTarget, key: SavedKey, secrets: Snapshot['secrets']): KeyRecord {
  const item = items.value(key.accountId, key.id)
  const value = secrets.get(item)
  if (value === undefined) {
    const missing = key.value === 'here' || key.value === 'sealed'
    return { ...key, value: missing ? 'missing' : key.value, sealed: null, fingerprint: null, goneFor: 0 }
  }
  const sealing = { sealed: opened.root.seal(value, item), fingerprint: opened.root.fingerprint(value, item) }
  return { ...key, value: 'sealed', ...sealing, goneFor: 0 }
}
