import { items, readListItem, writeItem } from '../keychain/items.ts'
import type { Keychain } from '../ports/keychain.ts'
import { codeOf, type RefusalCode } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { RootKey } from './root-key.ts'

/** Stores `RootKey.check()` of the root key in use, unencrypted beside the cache; null before the first root key. */
export interface RootCheck {
  get(): string | null
  set(check: string): void
}

export interface RootKeyContext {
  readonly keychain: Keychain
  readonly rootCheck: RootCheck
  /** Whether a cache is on disk. No new root key is created beside it. */
  readonly cacheExists: () => boolean
}

/**
 * Reads the root key, or creates it on the first run. If the keychain has lost its root key, or has another one, none is created: it would
 * overwrite what the old one sealed.
 * @returns the code that says why this cache has no root key
 * @throws Refusal `keychain-…` if the keychain cannot be read
 */
export async function findRootKey(context: RootKeyContext): Promise<RootKey | RefusalCode> {
  const { keychain, rootCheck, cacheExists } = context
  const stored = await readListItem(keychain, items.root)
  const check = rootCheck.get()
  if (stored === null) {
    if (check !== null || cacheExists()) return 'keychain-reset'
    return createRootKey(context)
  }
  const root = parseRootKey(stored)
  if (root === null || (check !== null && root.check() !== check)) return 'keychain-mismatch'
  if (check === null) await writeCanary(keychain, root)
  return root
}

/**
 * Prepares the keychain for a vault that starts anew: it gets a root key unless it has a valid one, and an invalid item in its place is set
 * aside.
 */
export async function renewRootKey({ keychain, rootCheck }: RootKeyContext): Promise<void> {
  const stored = await readListItem(keychain, items.root)
  const usable = stored === null ? null : parseRootKey(stored)
  if (stored instanceof Secret && usable === null) await writeItem(keychain, items.rootAside, stored)
  const root = usable ?? RootKey.generate()
  if (usable === null) await writeItem(keychain, items.root, root.toSecret())
  await writeCanary(keychain, root)
  rootCheck.set(root.check())
  root.wipe()
}

/**
 * The root key is stored before its check. An interruption between the two leaves a root key without a check, which the next opening adds.
 */
async function createRootKey({ keychain, rootCheck }: RootKeyContext): Promise<RootKey> {
  const root = RootKey.generate()
  await writeItem(keychain, items.root, root.toSecret())
  await writeCanary(keychain, root)
  rootCheck.set(root.check())
  return root
}

/** Written only once: if it is absent later, the keychain was reset or restored. */
function writeCanary(keychain: Keychain, root: RootKey): Promise<void> {
  return writeItem(keychain, items.canary, new Secret(root.check()))
}

/** @param stored the item in the root key's place; under a passphrase, it may come from another program */
function parseRootKey(stored: Secret | 'unreadable'): RootKey | null {
  if (stored === 'unreadable') return null
  try {
    return RootKey.parse(stored)
  } catch (error) {
    if (codeOf(error) !== 'keychain-mismatch') throw error
    return null
  }
}
