import { completeDirectory } from '../accounts/account-directory.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { items, removeItem, writeItem } from '../keychain/items.ts'
import { linesNewestFirst, journalEntry } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { requireWritable } from '../session/read-only.ts'
import { ignoreRefusal, Refusal } from '../refusal.ts'
import { type SavedAccount, type SavedKey, type Snapshot } from './snapshot.ts'
import { TimeSlice } from '../session/time-slice.ts'
import { issuingService } from '../stored-values/issuing-service.ts'
import { changeForOldIntent } from '../sync/old-intent.ts'

/** What a snapshot is restored to: an unlocked vault, or a temporary one that only verifies the backup. */
export type RestoreTarget = Pick<
  UnlockedVault,
  'cache' | 'root' | 'keychain' | 'valueIndexes' | 'queues' | 'clock' | 'announce' | 'readOnly'
>

/** A restore must not overwrite anything. @throws Refusal `vault-not-empty`, `read-only` */
export function requireEmpty(vault: Pick<UnlockedVault, 'cache' | 'readOnly'>): void {
  requireWritable(vault)
  if (vault.cache.accounts().length > 0 || vault.cache.pairings().length > 0) throw new Refusal('vault-not-empty')
}

/**
 * Restores a snapshot into an empty vault. All records are one commit, with the values sealed under this vault's root key; from there the
 * values move to the keychain like new ones. Interrupted before the commit, the vault is still empty and the restore can be repeated; after
 * the commit, everything is there.
 *
 * Permanent approvals and paired browsers are not restored: they may have been revoked since, and nobody would notice that they are back.
 * The sites of keys are restored. A newly paired browser gets nothing for such a site before its person was asked.
 *
 * @param before runs before the commit, for what must be in place when the accounts are
 * @throws Refusal `vault-not-empty`, `read-only`, `keychain-…`, `disk-full`, and what `before` throws; nothing is restored then
 */
export async function restore(vault: RestoreTarget, snapshot: Snapshot, before: () => Promise<void> = async () => {}): Promise<void> {
  requireEmpty(vault)
  const written: string[] = []
  try {
    await before()
    const local = snapshot.secrets.get(items.local)
    if (local !== undefined && snapshot.accounts.some(({ method }) => method === 'local')) {
      written.push(items.local)
      await writeItem(vault.keychain, items.local, local)
    }
    // The journal's last line changes with the commit. An anchor of the previous line would make the vault report an older file.
    await removeItem(vault.keychain, items.journalHead)
    const keys = await sealKeys(vault, snapshot)
    requireEmpty(vault) // an account may have been created meanwhile
    vault.cache.commit(restoreChanges(vault, snapshot, keys))
  } catch (error) {
    for (const item of written) await removeItem(vault.keychain, item)
    throw error
  }
  vault.announce('accounts')
  await completeDirectory(vault).catch(ignoreRefusal) // the restore is complete; the next opening writes what the keychain did not take
}

function restoreChanges(vault: RestoreTarget, snapshot: Snapshot, keys: readonly KeyRecord[]): Change[] {
  return [
    ...snapshot.accounts.map((account): Change => ({ op: 'put-account', account: restoredAccount(account) })),
    { op: 'put-current', id: snapshot.current },
    ...snapshot.marks.map((label): Change => ({ op: 'put-label', label })),
    ...keys.map((key): Change => ({ op: 'put-key', key })),
    ...snapshot.intents.map((intent) => changeForOldIntent(vault, intent, snapshot.keys)),
    ...snapshot.news.map((news): Change => ({ op: 'put-news', news })),
    ...snapshot.sites.map((site): Change => ({ op: 'put-site', site })),
    ...journalRestoreChanges(vault, snapshot),
    ...journalEntry(vault, 'restored', { detail: new Date(snapshot.at).toISOString() }),
  ]
}

/**
 * A journal that has only `unlocked` and `locked` lines is replaced by the backup's, which continues from its own last line. Any other
 * journal stays, and the backup's is not restored. Otherwise somebody could export everything, forget the accounts, restore a backup, and
 * be left with an intact chain that does not show the export.
 */
function journalRestoreChanges({ cache }: RestoreTarget, { lines }: Snapshot): Change[] {
  for (const { event } of linesNewestFirst(cache)) if (event !== 'unlocked' && event !== 'locked') return []
  return [{ op: 'trim-journal', limit: 0 }, ...lines.map((line): Change => ({ op: 'put-line', line }))]
}

/** The backed-up local vault signs itself in, and stored values need no sign-in. Every other account is signed out. */
function restoredAccount(account: SavedAccount) {
  return { ...account, signedIn: account.method === 'local' || account.method === 'values', trouble: null }
}

/** Seals the values. The event loop runs other work in between. @throws Refusal `locked` if the vault was locked meanwhile */
async function sealKeys(vault: RestoreTarget, { accounts, keys, secrets }: Snapshot): Promise<KeyRecord[]> {
  const stored = new Set(accounts.filter(({ method }) => method === 'values').map(({ id }) => id))
  const slice = new TimeSlice()
  const records: KeyRecord[] = []
  for (const key of keys) {
    records.push(await sealKey(vault, key, secrets, stored.has(key.accountId)))
    if (slice.isOver) await slice.next()
  }
  return records
}

async function sealKey(vault: RestoreTarget, key: SavedKey, secrets: Snapshot['secrets'], isStored: boolean): Promise<KeyRecord> {
  const item = items.value(key.accountId, key.id)
  const value = secrets.get(item)
  if (value === undefined) {
    return { ...key, value: holdsValue(key) ? 'missing' : key.value, sealed: null, fingerprint: null, goneFor: 0, service: null }
  }
  const sealing = { sealed: vault.root.seal(value, item), fingerprint: vault.root.fingerprint(value, item) }
  return { ...key, value: 'sealed', ...sealing, goneFor: 0, service: isStored ? await issuingService(value) : null }
}
