import type { Server } from '../model/account.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { approve, rememberGrants } from './approval.ts'
import { items } from '../keychain/items.ts'
import { setValueState } from '../keychain/inspect-values.ts'
import { openValue } from '../keychain/open-value.ts'
import { journalEntry, journalReleases } from '../journal/journal.ts'
import type { KeyRef, KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { requirePairing } from './pairings.ts'
import { journalEntriesIn, storePendingLines } from '../journal/pending-lines.ts'
import type { Requester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import { codeOf, Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { siteCovers } from './site-match.ts'
import { sitesOf } from './sites.ts'
import { TimeSlice } from '../session/time-slice.ts'

export interface ReleaseRequest {
  readonly purpose: Purpose
  /** The person in our own window, if left out. */
  readonly requester?: Requester
  /** The requester's own description, shown to the person. */
  readonly detail?: string | null
  /** Aborted when the requester is gone. */
  readonly withdrawn?: AbortSignal
  /** The origin that the value is for: the key must belong to it. Left out if it is for no site, and for a `site` requester. */
  readonly origin?: string
  /** The server that the value is sent to, for the journal; null or left out if it is sent to no server. */
  readonly to?: Server | null
}

/**
 * The only function through which a value leaves the vault: approve → find → open → compare → journal → return. The journal line is on disk
 * before the value is returned; a value that cannot be journaled is not released. Values in the trash are released too, to a person only.
 *
 * A requester that is denied approval does not learn where the value is.
 *
 * @throws Refusal `key-not-found` before anybody is asked; `approval-…`; for a site `pairing-needed`, and for an origin `site-refused` if
 *   the key may not be used there; `value-elsewhere`, `value-missing` or `value-lost` if the value is not on this computer; `keychain-mismatch` if the
 *   keychain's value is not the stored one; `keychain-…` if it cannot be read; `request-invalid` for a purpose that this requester may not
 *   have
 */
export async function release(vault: UnlockedVault, accountId: string, keyId: string, request: ReleaseRequest): Promise<Secret> {
  const [value] = await releaseAll(vault, [{ accountId, keyId }], request)
  if (value === undefined) throw new Refusal('key-not-found')
  return value
}

/**
 * Releases several values to one requester with one approval, all or none.
 * @returns in the order of `keys`
 * @throws Refusal those of `release`
 */
export async function releaseAll(vault: UnlockedVault, keys: readonly KeyRef[], request: ReleaseRequest): Promise<Secret[]> {
  const { purpose, requester = { kind: 'person' }, detail = null, withdrawn, to = null } = request
  const origin = requester.kind === 'site' ? requester.origin : request.origin
  if (!purposesOf[requester.kind].includes(purpose)) throw new Refusal('request-invalid')
  const names = [...new Map(keys.map((key) => [itemOf(key), key])).values()]
  const requireAllReleasable = (): KeyRecord[] => names.map((name) => requireReleasable(vault, name, requester, origin))
  const approved = await approve(vault, requireAllReleasable(), { purpose, requester, detail, ...(withdrawn && { withdrawn }) })
  const values = new Map<string, Secret>()
  // Checked again: the prompt may have taken a minute, in which the key was deleted or its site removed.
  const records = requireAllReleasable()
  const slice = new TimeSlice() // sealed values are opened without awaiting anything
  for (const record of records) {
    values.set(itemOf({ accountId: record.accountId, keyId: record.id }), await openOrRefuse(vault, record))
    if (slice.isOver) await slice.next()
  }
  const uses = journalReleases(vault, records, { purpose, requester, to })
  if (vault.readOnly !== null) await storePendingLines(vault, journalEntriesIn(uses))
  if (!vault.isOpen()) throw new Refusal('locked')
  if (withdrawn?.aborted === true) throw new Refusal('approval-expired')
  // Checked again, with nothing awaited from here on: the keychain's own prompt may have taken any time.
  requireAllReleasable()
  approved.requireStillApproved()
  rememberGrants(vault, approved.newGrants, uses)
  if (requester.kind !== 'person') for (const accountId of new Set(keys.map((key) => key.accountId))) vault.announce('keys', accountId)
  return keys.flatMap((key) => values.get(itemOf(key)) ?? [])
}

/**
 * Reads every value on this computer for a backup, which seals them again. One journal line covers them all, and none of them counts as
 * used.
 * @param progress called after each value
 * @returns by the name of the item; without values that are missing or are not what was stored
 * @throws Refusal `keychain-…` if the keychain cannot be read, `locked`
 */
export async function releaseForBackup(
  vault: UnlockedVault,
  progress: (done: number, total: number) => void,
  stop?: AbortSignal,
): Promise<Map<string, Secret>> {
  const records = vault.cache.accounts().flatMap(({ id }) => vault.cache.keys(id).filter(holdsValue))
  const values = new Map<string, Secret>()
  const slice = new TimeSlice()
  for (const [done, record] of records.entries()) {
    const value = await openValue(vault, record).catch((error: unknown) => {
      if (codeOf(error) !== 'keychain-mismatch' && codeOf(error) !== 'profile-corrupt') throw error
      return null // the backup lists the keys without a value
    })
    if (value !== null) values.set(items.value(record.accountId, record.id), value)
    progress(done + 1, records.length)
    if (slice.isOver) await slice.next()
    stop?.throwIfAborted()
  }
  if (!vault.isOpen()) throw new Refusal('locked')
  vault.cache.commit(journalEntry(vault, 'backed-up', { detail: String(values.size) }))
  return values
}

/** The purposes allowed for each requester. Only a person at our own window can reveal a value, or sign in to an account with it. */
const purposesOf: Readonly<Record<Requester['kind'], readonly Purpose[]>> = {
  person: ['reveal', 'copy', 'verify', 'sign-in', 'export'],
  window: ['type'],
  site: ['fill'],
  program: ['get', 'run', 'inject', 'login', 'copy'],
}

function itemOf({ accountId, keyId }: KeyRef): string {
  return items.value(accountId, keyId)
}

function requireReleasable(
  vault: UnlockedVault,
  { accountId, keyId }: KeyRef,
  requester: Requester,
  origin: string | undefined,
): KeyRecord {
  const record = vault.cache.key(accountId, keyId)
  if (record === null) throw new Refusal('key-not-found')
  if (record.goneAt !== null && requester.kind !== 'person') throw new Refusal('key-not-found')
  if (requester.kind === 'site') requirePairing(vault, requester.pairing)
  if (origin !== undefined) {
    const isOurs = sitesOf(vault, accountId, keyId).some((site) => siteCovers(site, origin, vault.registrableDomain))
    if (!isOurs) throw new Refusal('site-refused')
  }
  return record
}

async function openOrRefuse(vault: UnlockedVault, record: KeyRecord): Promise<Secret> {
  const value = await openValue(vault, record).catch((error: unknown) => {
    if (codeOf(error) === 'keychain-mismatch') setValueState(vault, record, 'changed')
    throw error
  })
  if (value !== null) return value
  if (record.goneAt !== null) throw new Refusal('key-not-found')
  setValueState(vault, record, 'missing')
  throw new Refusal(record.value === 'elsewhere' ? 'value-elsewhere' : record.value === 'lost' ? 'value-lost' : 'value-missing')
}
