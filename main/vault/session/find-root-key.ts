import { items, readListItem, writeItem } from '../keychain/items.ts'
import type { Keychain } from '../ports/keychain.ts'
import { codeOf, type RefusalCode } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { RootKey } from './root-key.ts'

/** `RootKey.check()` of the root key in use, beside the cache in clear; null before the first. */
export interface RootCheck {
  get(): string | null
  set(check: string): void
}

export interface RootKeyContext {
  readonly keychain: Keychain
  readonly rootCheck: RootCheck
  /** Whether a cache is on disk: one without its root key is never re-created over. */
  readonly cacheExists: () => boolean
}

/**
 * The root key, made on the first run. A keychain that had one and has it no more, or has another, gives none: what the old one
 * sealed would be written over.
 * @returns the code that says why there is none to open this cache with
 * @throws Refusal `keychain-…` if the keychain cannot be read
 */
export async function findRootKey(surroundings: RootKeyContext): Promise<RootKey | RefusalCode> {
  const { keychain, rootCheck, cacheExists } = surroundings
  const stored = await readListItem(keychain, items.root)
  const check = rootCheck.get()
  if (stored === null) {
    if (check !== null || cacheExists()) return 'keychain-reset'
    return createRootKey(surroundings)
  }
  const root = parseRootKey(stored)
  if (root === null || (check !== null && root.check() !== check)) return 'keychain-mismatch'
  if (check === null) await writeCanary(keychain, root)
  return root
}

/**
 * Makes the way free for a vault that starts anew: the keychain gets a root key if it has none that can be one, and what it had in
 * its place is put beside it.
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

/** Kept before its check is: an interruption between the two leaves a root key without a check, which the next opening fills in. */
async function createRootKey({ keychain, rootCheck }: RootKeyContext): Promise<RootKey> {
  const made = RootKey.generate()
  await writeItem(keychain, items.root, made.toSecret())
  await writeCanary(keychain, made)
  rootCheck.set(made.check())
  return made
}

/** Written once: one that is absent later tells of a keychain that was reset or restored. */
function writeCanary(keychain: Keychain, root: RootKey): Promise<void> {
  return writeItem(keychain, items.canary, new Secret(root.check()))
}

/** @param stored what is in the root key's place, which under a passphrase can be what another program put there */
function parseRootKey(stored: Secret | 'unreadable'): RootKey | null {
  if (stored === 'unreadable') return null
  try {
    return RootKey.parse(stored)
  } catch (error) {
    if (codeOf(error) !== 'keychain-mismatch') throw error
    return null
  }
}
