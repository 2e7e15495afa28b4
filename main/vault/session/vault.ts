import { everyStep } from '../../../shared/every-step.ts'
import { SerialQueues } from '../../../shared/serial-queue.ts'
import { completeDirectory, isDirectoryIntact, repairDirectory } from '../accounts/account-directory.ts'
import { withTemporaryGrantCleanup } from '../release/expiring-answers.ts'
import { journalEntry } from '../journal/journal.ts'
import { inspectValues } from '../keychain/inspect-values.ts'
import { withJournalAnchor, headOf, JournalAnchor } from '../journal/journal-anchor.ts'
import { checkJournal } from '../journal/check-journal.ts'
import { refreshKeys } from '../keys/list-keys.ts'
import type { UnlockedVault } from './unlocked-vault.ts'
import type { Approver } from '../ports/approver.ts'
import type { Cache } from '../ports/cache.ts'
import type { Clock, Preferences, RegistrableDomain } from '../ports/surroundings.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { KeyServers } from '../ports/key-servers.ts'
import { flushPendingLines } from '../journal/pending-lines.ts'
import { TemporaryGrants } from '../release/temporary-grants.ts'
import { rebuildCache } from './rebuild-cache.ts'
import { recoverValues } from '../keychain/recover-values.ts'
import { codeOf, Refusal, type RefusalCode } from '../refusal.ts'
import { findRootKey, renewRootKey, type RootCheck } from './find-root-key.ts'
import { RootKey } from './root-key.ts'
import { endInterruptedSignIns } from '../accounts/pending-sign-ins.ts'
import { flushSealedValues } from '../keys/flush-sealed-values.ts'
import { ValueIndexes } from '../keychain/value-indexes.ts'
import { watchKeychain } from '../keychain/watched-keychain.ts'

export interface VaultPorts {
  readonly keychain: Keychain
  readonly servers: KeyServers
  readonly approver: Approver
  readonly registrableDomain: RegistrableDomain
  readonly preferences: () => Preferences
  readonly clock: Clock
  readonly elapsed: () => number
  readonly online: () => boolean
  readonly rootCheck: RootCheck
  /** Whether a cache is on disk. */
  readonly cacheExists: () => boolean
  /** @throws Refusal `profile-corrupt` or `profile-unusable`; the file is left unchanged */
  readonly openCache: (key: Uint8Array) => Cache
  /** Renames the cache's file. It is never deleted. */
  readonly setCacheAside: () => void
  /** An in-memory cache, for a vault whose own cannot be opened. */
  readonly openTemporaryCache: () => Cache
  readonly announce: UnlockedVault['announce']
  /** The number of wrong passphrases since the last opening. */
  readonly wrongPassphrases?: () => number
}

/** The vault. It is closed until `open` succeeds, and refuses everything with the reason while it is closed. */
export class Vault {
  readonly #makePorts: () => VaultPorts
  #opened: UnlockedVault | null = null
  #ports: VaultPorts | null = null
  #closing: Promise<void> = Promise.resolve()
  /** Shared by all openings: work that was in progress at a lock ends before anything starts that would treat it as interrupted. */
  readonly #queues = new SerialQueues()
  #opening: Promise<void> | null = null
  #reason: RefusalCode = 'locked'
  #locks = 0

  /** @param makePorts called at each opening; it may throw a Refusal, and no adapter outlives a lock with something open in it */
  constructor(makePorts: () => VaultPorts) {
    this.#makePorts = makePorts
  }

  /** @returns null while the vault is open, else why it is closed */
  get closed(): RefusalCode | null {
    return this.#opened === null ? this.#reason : null
  }

  /** @throws Refusal with the reason while the vault is closed */
  get opened(): UnlockedVault {
    if (this.#opened === null) throw new Refusal(this.#reason)
    return this.#opened
  }

  /**
   * Reads the root key from the keychain, or creates it on the first run, and opens the cache. Never uses the network. A cache that its own
   * root key does not open is set aside and rebuilt. A cache whose root key is missing, or another one, stays unchanged, and the vault
   * opens read-only beside it.
   */
  open(): Promise<void> {
    // Two concurrent first openings would create two root keys, and the one that is not stored could have encrypted the cache.
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #open(): Promise<void> {
    if (this.#opened !== null && !(await this.#canBeWritable(this.#opened))) return
    const locks = this.#locks
    let opened: UnlockedVault | null = null
    try {
      await this.#close()
      const ports = (this.#ports = this.#makePorts())
      const root = await findRootKey(ports)
      // The vault may have been locked while the system prompted for the keyring's password, and must not open afterwards.
      if (locks !== this.#locks) throw new Refusal('locked')
      const isOpen = (): boolean => opened !== null && this.#opened === opened
      opened = unlockWith(ports, root, this.#queues, isOpen)
      if (opened.readOnly === null) await checkJournal(opened)
      if (!(await fillCache(opened))) {
        await forgetUnlocked(opened)
        opened = unlockWith(ports, 'keychain-damaged', this.#queues, isOpen)
        await rebuildCache(opened)
      }
      if (locks !== this.#locks) throw new Refusal('locked')
      const wrong = ports.wrongPassphrases?.() ?? 0
      journalLockState(opened, 'unlocked', wrong === 0 ? null : `wrong-passphrases:${wrong}`)
      this.#opened = opened
      // Last, because leftover files must not keep a vault closed. A read-only vault does not know all of its accounts.
      if (opened.readOnly === null) ports.servers.retain(opened.cache.accounts().map(({ id }) => id))
    } catch (error) {
      if (this.#opened === null && opened !== null) await forgetUnlocked(opened)
      this.#reason = codeOf(error)
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** A read-only vault is checked again at each opening: its keychain may have been restored. */
  async #canBeWritable({ readOnly }: UnlockedVault): Promise<boolean> {
    if (readOnly === null || this.#ports === null) return false
    try {
      if (!((await findRootKey(this.#ports)) instanceof RootKey)) return false
      return readOnly !== 'keychain-damaged' || (await isDirectoryIntact(this.#ports.keychain))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return false
    }
  }

  /**
   * Continues pending work after the window is shown: moves sealed values to the keychain, checks each value, and syncs the lists, which
   * also settles interrupted creations.
   */
  async resume(): Promise<void> {
    const vault = this.opened
    await Promise.all(
      vault.cache.accounts().map(async ({ id }) => {
        await vault.queues.runExclusive(id, (turn) => flushSealedValues(vault, turn, id))
        await vault.queues.runExclusive(id, (turn) => inspectValues(vault, turn, id))
        await vault.queues.runExclusive(id, (turn) => recoverValues(vault, turn, id, false))
        await refreshKeys(vault, id)
      }),
    )
    if (vault.readOnly !== null) return
    await flushPendingLines(vault)
    await endInterruptedSignIns(vault)
    await completeDirectory(vault)
  }

  /**
   * Ends a read-only vault: a cache that cannot be opened is set aside, and a new one is filled from keychain and servers. Damaged lists in
   * the keychain are set aside and replaced by what can be read of them; a cache that opens stays. Does nothing to a writable vault.
   * @throws Refusal `keychain-…`, or why the vault is closed
   */
  async repair(): Promise<void> {
    const locks = this.#locks
    await this.open() // if the keychain was restored meanwhile, nothing must be set aside
    const { readOnly } = this.opened
    if (readOnly === null || this.#ports === null) return
    await repairDirectory(this.#ports)
    await renewRootKey(this.#ports)
    if (locks !== this.#locks) throw new Refusal('locked')
    if (readOnly !== 'keychain-damaged' && this.#ports.cacheExists()) this.#ports.setCacheAside()
    await this.#close()
    await this.open()
  }

  /**
   * Forgets everything that was opened. Operations in progress fail as `locked`; the next opening finds what they made. A creation in
   * progress is awaited, while everything else is refused: otherwise its value could not be stored.
   * @returns when everything is forgotten; usually at once
   */
  lock(): Promise<void> {
    this.#reason = 'locked'
    this.#locks += 1
    return this.#close()
  }

  #close(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    if (opened === null) return this.#closing
    const closed = closeVault(opened)
    this.#closing = closed.catch(() => {}) // the caller gets the failure; later openings must not fail by it
    return closed
  }
}

/** Closes everything, whatever fails on the way. @throws the first failure, once everything is closed */
async function closeVault(vault: UnlockedVault): Promise<void> {
  const failures: unknown[] = []
  const failed = (error: unknown): void => void failures.push(error)
  await everyStep(
    [
      () => journalLockState(vault, 'locked'),
      () => (vault.creations.size === 0 ? forgetUnlocked(vault) : Promise.allSettled(vault.creations).then(() => forgetUnlocked(vault))),
    ],
    failed,
  )
  if (failures.length > 0) throw failures[0]
}

/** Wipes the keys first. @throws the first failure, once everything is closed */
async function forgetUnlocked({ root, cache, servers, anchor }: UnlockedVault): Promise<void> {
  const failures: unknown[] = []
  await everyStep(
    [() => root.wipe(), () => anchor?.close(), () => cache.close(), () => servers.forget()],
    (error) => void failures.push(error),
  )
  if (failures.length > 0) throw failures[0]
}

/** @returns false if the cache is empty and the lists in the keychain that would fill it are damaged */
async function fillCache(vault: UnlockedVault): Promise<boolean> {
  try {
    await rebuildCache(vault)
    return true
  } catch (error) {
    if (codeOf(error) !== 'keychain-damaged') throw error
    return false
  }
}

/** Opening and locking go on even if the journal line cannot be written; releases do not. */
function journalLockState(vault: UnlockedVault, event: 'unlocked' | 'locked', detail: string | null = null): void {
  ifWritable(vault, () => vault.cache.commit(journalEntry(vault, event, { detail })))
}

function ifWritable(vault: UnlockedVault, write: () => void): void {
  try {
    if (vault.readOnly === null) write()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

function unlockWith(ports: VaultPorts, found: RootKey | RefusalCode, queues: SerialQueues, isOpen: () => boolean): UnlockedVault {
  const { root, cache, readOnly } = openRecords(ports, found)
  const { servers, approver, registrableDomain, preferences, clock, elapsed, online, announce } = ports
  const { keychain, trouble } = watchKeychain(ports.keychain, () => announce('keys'))
  const passing = new TemporaryGrants()
  const cleaning = withTemporaryGrantCleanup(cache, passing)
  const anchor =
    readOnly === null
      ? new JournalAnchor(
          keychain,
          () => headOf(cache),
          () => trouble() === null,
        )
      : null
  return {
    ...{ root, keychain, servers, approver, registrableDomain, preferences, clock, elapsed, online, announce, readOnly },
    keychainTrouble: trouble,
    valueIndexes: new ValueIndexes(keychain),
    cache: anchor === null ? cleaning : withJournalAnchor(cleaning, anchor),
    anchor,
    temporaryGrants: passing,
    confirmedServers: new Set(),
    signingIn: new Set(),
    isOpen,
    queues,
    creations: new Set(),
    syncedAt: new Map(),
    contact: new Map(),
    countedAt: new Map(),
  }
}

function openRecords(ports: VaultPorts, found: RootKey | RefusalCode): Pick<UnlockedVault, 'cache' | 'root' | 'readOnly'> {
  if (!(found instanceof RootKey)) return openReadOnly(ports, found)
  const isOurs = ports.rootCheck.get() === found.check()
  try {
    const cache = openCache(ports, found, isOurs)
    if (!isOurs) ports.rootCheck.set(found.check())
    return { cache, root: found, readOnly: null }
  } catch (error) {
    // Without a check, a damaged cache cannot be distinguished from the cache of another root key.
    if (codeOf(error) !== 'profile-corrupt' || isOurs) throw error
    return openReadOnly(ports, 'profile-corrupt')
  }
}

function openCache(ports: VaultPorts, root: RootKey, isOurs: boolean): Cache {
  try {
    return ports.openCache(root.cacheKey())
  } catch (error) {
    if (codeOf(error) !== 'profile-corrupt' || !isOurs) throw error
    ports.setCacheAside()
    return ports.openCache(root.cacheKey())
  }
}

function openReadOnly(ports: VaultPorts, why: RefusalCode): Pick<UnlockedVault, 'cache' | 'root' | 'readOnly'> {
  return { cache: ports.openTemporaryCache(), root: RootKey.generate(), readOnly: why }
}
