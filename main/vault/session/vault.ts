import { SerialQueues } from '../../../shared/serial-queue.ts'
import { completeDirectory, isDirectoryIntact, repairDirectory } from '../accounts/account-directory.ts'
import { endInterruptedSignIns } from '../accounts/pending-sign-ins.ts'
import { checkJournal } from '../journal/check-journal.ts'
import { flushPendingLines } from '../journal/pending-lines.ts'
import { inspectValues } from '../keychain/inspect-values.ts'
import { recoverValues } from '../keychain/recover-values.ts'
import { flushSealedValues } from '../keys/flush-sealed-values.ts'
import { refreshKeys } from '../keys/list-keys.ts'
import { codeOf, Refusal, type RefusalCode } from '../refusal.ts'
import { closeVault, forgetUnlocked, journalLockState } from './close-vault.ts'
import { findRootKey, renewRootKey } from './find-root-key.ts'
import { rebuildCache } from './rebuild-cache.ts'
import { RootKey } from './root-key.ts'
import { unlockVault, type VaultPorts } from './unlock-vault.ts'
import type { UnlockedVault } from './unlocked-vault.ts'

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

  /** @param makePorts called at each opening, so that no adapter keeps anything open after a lock; may throw a Refusal */
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
      opened = unlockVault(ports, root, this.#queues, isOpen)
      if (opened.readOnly === null) await checkJournal(opened)
      if (!(await fillCache(opened))) {
        await forgetUnlocked(opened)
        opened = unlockVault(ports, 'keychain-damaged', this.#queues, isOpen)
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
    this.#closing = closed.catch(() => {}) // the caller gets the failure; later openings must not fail because of it
    return closed
  }
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
