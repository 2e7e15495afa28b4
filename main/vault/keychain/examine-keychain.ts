import {
  type Desktop,
  type Finding,
  findings as allFindings,
  type ItemTrouble,
  type KeychainKind,
  type KeychainTrouble,
} from '../../../shared/lists/keychain.ts'
import { items, readListItem } from './items.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Keychain } from '../ports/keychain.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'
import { RootKey } from '../session/root-key.ts'
import { Secret } from '../secret.ts'
import { watchKeychain } from './watched-keychain.ts'
import { orElse } from '../../../shared/or-else.ts'

type Trouble = Exclude<Finding, 'fine'>

/** What an adapter reports about the keychain itself, whatever its items are. */
export interface KeychainReport {
  /** The program that provides the keychain; null if that is unknown. */
  readonly provider: string | null
  readonly desktop: Desktop
  readonly findings: KeychainTrouble[]
}

/** What is wrong with Latchkey's items in the keychain. */
export interface ItemsReport {
  readonly findings: Trouble[]
  /** The keys behind `item-missing` and `item-different`. */
  readonly keys: { name: string; finding: ItemTrouble }[]
}

export interface Diagnosis extends Omit<KeychainReport, 'findings'> {
  readonly keychain: KeychainKind
  /** In the order in which to act on them; `fine` is always alone. */
  readonly findings: Finding[]
  readonly keys: ItemsReport['keys']
}

/**
 * Runs the whole diagnosis. If the keychain itself is in trouble, no items are read: reading could prompt, hang, or report an item as
 * absent that is merely withheld.
 */
export async function examine(
  keychain: KeychainKind,
  examineKeychain: () => Promise<KeychainReport>,
  examineItemsOf: () => Promise<ItemsReport>,
): Promise<Diagnosis> {
  const { provider, desktop, findings } = await examineKeychain()
  const itemsReport = findings.length > 0 ? { findings: [], keys: [] } : await examineItemsOf()
  const found = new Set<Finding>([...findings, ...itemsReport.findings])
  const inOrder = allFindings.filter((finding) => found.has(finding))
  return { keychain, provider, desktop, findings: inOrder.length > 0 ? inOrder : ['fine'], keys: itemsReport.keys }
}

/** @param isIntact whether the app's own files are unchanged; the report of a modified app is not trustworthy */
export function withAppFinding(diagnosis: Diagnosis, isIntact: boolean): Diagnosis {
  if (isIntact) return diagnosis
  return { ...diagnosis, findings: ['app-changed', ...diagnosis.findings.filter((finding) => finding !== 'fine')] }
}

/** What the diagnosis needs of an unlocked vault. */
type ExaminedVault = Pick<UnlockedVault, 'cache' | 'keychain' | 'root' | 'readOnly'>

/** @param hasUnsealedCopies whether unsealed copies remain in a keychain that the vault has moved out of */
export function withPendingRemovals(report: ItemsReport, hasUnsealedCopies: boolean): ItemsReport {
  return hasUnsealedCopies ? { ...report, findings: [...report.findings, 'left-behind'] } : report
}

/**
 * Examines the items of an open vault: whether this is still the keychain that the vault was made with, and whether it returns what was
 * stored.
 */
export async function examineItems(vault: ExaminedVault): Promise<ItemsReport> {
  return withKeychainTrouble(async () => {
    // A read-only vault has a temporary root key that the keychain never held. The reason why it is read-only is the finding.
    const identity = vault.readOnly === null ? await examineIdentity(vault.keychain, vault.root.check()) : whyReadOnly(vault.readOnly)
    const values = await examineValues(vault)
    return { findings: [...new Set([...identity, ...values.findings])], keys: values.keys }
  })
}

/**
 * Examines the items of a closed vault, whose keys are unknown.
 * @param rootCheck `RootKey.check()` of the root key in use; null if none is noted
 * @param cacheExists whether there is a cache that needs a root key
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
 * Compares the root key and the canary. The canary is written together with the root key and never again, so a partly restored keychain
 * lacks it.
 * @param check of the right root key; null if that is unknown, so that only a missing or malformed key is found
 */
async function examineIdentity(keychain: Keychain, check: string | null): Promise<('reset' | 'changed')[]> {
  const root = await readListItem(keychain, items.root)
  if (root === null) return ['reset']
  if (root === 'unreadable') return ['changed']
  if (check === null) return checkOf(root) === null ? ['changed'] : []
  const canary = await readListItem(keychain, items.canary)
  const isSame = checkOf(root) === check && canary instanceof Secret && canary.equals(new Secret(check))
  return isSame ? [] : ['changed']
}

/** @returns null for an item that is not a root key */
function checkOf(item: Secret): string | null {
  const root = orElse(() => RootKey.parse(item), null)
  const check = root?.check() ?? null
  root?.wipe()
  return check
}

/**
 * Examines all values, including those of keys that the server no longer has. If only some
 * keyrings are locked, the items in them are reported as locked, and the remaining items are still examined.
 */
async function examineValues(vault: ExaminedVault): Promise<ItemsReport> {
  const found: ItemsReport['keys'] = []
  const locked = new Set<Trouble>()
  const { keychain, trouble } = watchKeychain(vault.keychain, () => {})
  for (const { id: accountId } of vault.cache.accounts()) {
    for (const { id } of vault.cache.keys(accountId).filter(wasStored)) {
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
      // The current record: the key may have been deleted, or given another value, while its item was read.
      const record = vault.cache.key(accountId, id)
      if (record === null || !wasStored(record)) continue
      if (value === null) found.push({ name: record.name, finding: 'item-missing' })
      else if (value === 'unreadable' || (record.fingerprint !== null && vault.root.fingerprint(value, item) !== record.fingerprint)) {
        found.push({ name: record.name, finding: 'item-different' })
      }
    }
  }
  return { findings: [...locked, ...found.map(({ finding }) => finding)], keys: found }
}

/** Whether the keychain has taken the value at some time. Values already known as missing or changed are reported too. */
function wasStored({ value }: KeyRecord): boolean {
  return value === 'here' || value === 'missing' || value === 'changed'
}

/** The keychain may be locked, or its program may end, before the last item is read. */
async function withKeychainTrouble(examineItems: () => Promise<ItemsReport>): Promise<ItemsReport> {
  try {
    return await examineItems()
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
