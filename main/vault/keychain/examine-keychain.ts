import { items, readListItem } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Keychain } from '../ports/keychain.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'
import { RootKey } from '../session/root-key.ts'
import { Secret } from '../secret.ts'
import { watchKeychain } from './watched-keychain.ts'

/** What can be wrong, in the order to act on: an item cannot be looked for while there is no keychain to look in. */
const order = [
  'app-changed',
  'library-missing',
  'no-bus',
  'no-service',
  'no-collection',
  'locked',
  'denied',
  'died',
  'timeout',
  'reset',
  'changed',
  'left-behind',
  'item-missing',
  'item-different',
] as const
type Trouble = (typeof order)[number]
type ItemTrouble = 'item-missing' | 'item-different'
export type KeychainTrouble = Exclude<Trouble, 'app-changed' | 'reset' | 'changed' | 'left-behind' | ItemTrouble>

/** `guarded`: the OS keychain with everything in it sealed under a passphrase. */
export type KeychainKind = 'os' | 'passphrase' | 'guarded'

/** What an adapter says of the keychain itself, whatever is in it. */
export interface KeychainReport {
  /** The program that answers for it; null where that cannot be told. */
  readonly provider: string | null
  readonly desktop: 'gnome' | 'kde' | 'xfce' | 'other' | 'none' | 'macos' | 'windows'
  readonly findings: KeychainTrouble[]
}

/** What is wrong with Latchkey's items in it. */
export interface ItemsReport {
  readonly findings: Trouble[]
  /** The keys behind `item-missing` and `item-different`. */
  readonly keys: { name: string; finding: ItemTrouble }[]
}

export interface Diagnosis extends Omit<KeychainReport, 'findings'> {
  readonly keychain: KeychainKind
  /** In the order to act on; `fine` only alone. */
  readonly findings: ('fine' | Trouble)[]
  readonly keys: ItemsReport['keys']
}

/**
 * The whole diagnosis. A keychain that is out of order is not asked for items: it would prompt, wait, or call absent what it
 * only does not give.
 */
export async function examine(
  keychain: KeychainKind,
  examineKeychain: () => Promise<KeychainReport>,
  examineItemsOf: () => Promise<ItemsReport>,
): Promise<Diagnosis> {
  const { provider, desktop, findings } = await examineKeychain()
  const itemsReport = findings.length > 0 ? { findings: [], keys: [] } : await examineItemsOf()
  const found = new Set<Trouble>([...findings, ...itemsReport.findings])
  const inOrder = order.filter((finding) => found.has(finding))
  return { keychain, provider, desktop, findings: inOrder.length > 0 ? inOrder : ['fine'], keys: itemsReport.keys }
}

/** @param whole whether the app's own files are those that were packed: what a changed app says of a keychain counts for little */
export function withAppFinding(diagnosis: Diagnosis, whole: boolean): Diagnosis {
  if (whole) return diagnosis
  return { ...diagnosis, findings: ['app-changed', ...diagnosis.findings.filter((finding) => finding !== 'fine')] }
}

/** An open vault as far as it is looked at. */
type ExaminedVault = Pick<UnlockedVault, 'cache' | 'keychain' | 'root' | 'readOnly'>

/** @param left whether copies that are not sealed are left in a keychain that the vault has moved out of */
export function withPendingRemovals(look: ItemsReport, left: boolean): ItemsReport {
  return left ? { ...look, findings: [...look.findings, 'left-behind'] } : look
}

/** The items of an open vault: whether the keychain is still the one that the vault was made with, and gives what it took. */
export async function examineItems(opened: ExaminedVault): Promise<ItemsReport> {
  return withKeychainTrouble(async () => {
    // A read-only vault has a root key of the moment, which the keychain was never given; why it is read-only is the finding.
    const identity = opened.readOnly === null ? await examineIdentity(opened.keychain, opened.root.check()) : whyReadOnly(opened.readOnly)
    const values = await examineValues(opened)
    return { findings: [...new Set([...identity, ...values.findings])], keys: values.keys }
  })
}

/**
 * The items of a closed vault: nothing is known of its keys.
 * @param rootCheck of the root key that the profile was made with; null while it is not noted
 * @param cacheExists whether there is anything that a root key is missing for
 */
export async function examineClosed(keychain: Keychain, rootCheck: string | null, cacheExists: boolean): Promise<ItemsReport> {
  if (rootCheck === null && !cacheExists) return { findings: [], keys: [] }
  return withKeychainTrouble(async () => ({ findings: await examineIdentity(keychain, rootCheck), keys: [] }))
}

function whyReadOnly(code: RefusalCode): ('reset' | 'changed')[] {
  if (code === 'keychain-reset') return ['reset']
  return code === 'keychain-mismatch' || code === 'keychain-damaged' ? ['changed'] : []
}

/**
 * The canary is written with the root key, and never again: a keychain restored in part lacks it.
 * @param check of the right root key; null if that is not known, so that only its absence shows
 */
async function examineIdentity(keychain: Keychain, check: string | null): Promise<('reset' | 'changed')[]> {
  const root = await readListItem(keychain, items.root)
  if (root === null) return ['reset']
  if (root === 'unreadable') return ['changed']
  if (check === null) return checkOf(root) === null ? ['changed'] : []
  const canary = await readListItem(keychain, items.canary)
  const same = checkOf(root) === check && canary instanceof Secret && canary.equals(new Secret(check))
  return same ? [] : ['changed']
}

/** @returns null for an item that is no root key */
function checkOf(item: Secret): string | null {
  let root: RootKey
  try {
    root = RootKey.parse(item)
  } catch {
    return null
  }
  const check = root.check()
  root.wipe()
  return check
}

/**
 * Also of keys that the server no longer has: their values are kept. An item in a keyring that is locked, beside one that is open, is told
 * as locked, and the others are looked at.
 */
async function examineValues(opened: ExaminedVault): Promise<ItemsReport> {
  const found: ItemsReport['keys'] = []
  const locked = new Set<Trouble>()
  const { keychain, trouble } = watchKeychain(opened.keychain, () => {})
  for (const { id: accountId } of opened.cache.accounts()) {
    for (const { id } of opened.cache.keys(accountId).filter(wasStored)) {
      const item = items.value(accountId, id)
      const value = await readListItem(keychain, item, locked.size === 0).catch((error: unknown) => {
        const ofThisItem = error instanceof Refusal && trouble() === null ? troubles[error.code] : undefined
        if (ofThisItem === undefined) throw error
        return ofThisItem
      })
      if (typeof value === 'string' && value !== 'unreadable') {
        locked.add(value)
        continue
      }
      // The record as it is now: the key may have been deleted, or given another value, while its item was read.
      const record = opened.cache.key(accountId, id)
      if (record === null || !wasStored(record)) continue
      if (value === null) found.push({ name: record.name, finding: 'item-missing' })
      else if (value === 'unreadable' || (record.fingerprint !== null && opened.root.fingerprint(value, item) !== record.fingerprint)) {
        found.push({ name: record.name, finding: 'item-different' })
      }
    }
  }
  return { findings: [...locked, ...found.map(({ finding }) => finding)], keys: found }
}

/** The keychain has taken the value. One that is known to be missing or changed is still to be told. */
function wasStored({ value }: KeyRecord): boolean {
  return value === 'here' || value === 'missing' || value === 'changed'
}

/** A keychain that was in order a moment ago may be locked or end before the last item is read. */
async function withKeychainTrouble(look: () => Promise<ItemsReport>): Promise<ItemsReport> {
  try {
    return await look()
  } catch (error) {
    const finding = error instanceof Refusal ? troubles[error.code] : undefined
    if (finding === undefined) throw error
    return { findings: [finding], keys: [] }
  }
}

const troubles: { readonly [code in RefusalCode]?: KeychainTrouble } = {
  'keychain-locked': 'locked',
  'keychain-denied': 'denied',
  'keychain-timeout': 'timeout',
  'keychain-unavailable': 'died',
  'keychain-library-missing': 'library-missing',
}
