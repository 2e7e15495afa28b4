import { readFileSync } from 'node:fs'
import type { KeychainKind } from '../../shared/lists/keychain.ts'
import type { MovableKeychain } from '../vault/keychain/migrate-items.ts'
import type { Keychain } from '../vault/ports/keychain.ts'
import { Refusal } from '../vault/refusal.ts'
import type { OsWithPassphrase } from './os-with-passphrase.ts'
import { PassphraseFile } from './passphrase/passphrase-file.ts'

/** Where the vault keeps its items now. `guarded` while it is locked: the items may be under either slot's names. */
export type ItemLocation = KeychainKind | OsWithPassphrase

/**
 * The items that moves must still remove from the OS keychain, by their names there; never a value. What a move copies there is listed
 * before it is written, and what it leaves there before the move is committed, so that neither the end of the process nor a keychain that
 * refuses lets them be forgotten. Items that are in use are never removed, whatever the list says.
 */
export class PendingRemovals {
  readonly #file: PassphraseFile
  #refused = false

  constructor(path: string) {
    this.#file = new PassphraseFile(path)
  }

  /** Whether unsealed items remain; also true if that is unknown. */
  get hasUnsealed(): boolean {
    return this.#file.exists && (this.#names()?.some((name) => !isSealed(name)) ?? true)
  }

  /** Whether the keychain refused to remove unsealed items, as opposed to a move in progress. */
  get wasRefused(): boolean {
    return this.#refused && this.hasUnsealed
  }

  /**
   * Moves the items out of their current keychain.
   * @param into what `to` is
   * @throws Refusal those of a move, `disk-full` or `profile-unusable`; nothing is switched then
   */
  async move(
    current: MovableKeychain,
    from: ItemLocation,
    { to, into }: { readonly to: Keychain; readonly into: ItemLocation },
    names: () => readonly string[],
    commit: () => void,
  ): Promise<void> {
    const listed = new Set<string>()
    const list = (names: readonly string[]): void => {
      for (const name of names) listed.add(name)
      if (names.length > 0) this.#save([...(this.#names() ?? []), ...names])
    }
    const remaining = await current.move(
      to,
      names,
      (copied) => (list(namesIn(from, copied)), commit()),
      (found) => list(namesIn(into, found)),
    )
    const refused = namesIn(from, remaining)
    this.#refused ||= refused.length > 0
    for (const name of refused) listed.delete(name)
    try {
      this.#save((this.#names() ?? []).filter((name) => !listed.has(name)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error // the move is done; a list that could not be written is processed again
    }
  }

  /**
   * Removes from the OS keychain whatever it allows now.
   * @param known the vault's items, used if the list itself is damaged
   * @throws Refusal `disk-full` or `profile-unusable`; what was removed stays removed
   */
  async remove(os: Keychain, inUse: ItemLocation, known: () => readonly string[]): Promise<void> {
    if (!this.#file.exists || inUse === 'guarded') return // locked: which slot is in use is not known
    // A move that was never committed, or that was reversed, listed items that are in use.
    const pending = new Set((this.#names() ?? known()).filter((name) => !isIn(inUse, name)))
    for (const name of pending) {
      const { outcome } = await os.remove(name)
      if (outcome === 'ok') pending.delete(name)
      else if (outcome !== 'denied') break // locked or gone: prompt once, and not for each item
    }
    this.#refused = pending.size > 0
    this.#save(pending)
  }

  #save(names: Iterable<string>): void {
    const unique = [...new Set(names)]
    if (unique.length === 0) this.#file.delete()
    else this.#file.write(JSON.stringify(unique))
  }

  /** @returns null for a damaged list; empty if there is no file */
  #names(): string[] | null {
    if (!this.#file.exists) return []
    try {
      const names: unknown = JSON.parse(readFileSync(this.#file.path, 'utf8'))
      return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null
    } catch {
      return null
    }
  }
}

/** @returns the names of the vault's items in the OS keychain; none for a file, which is removed as a whole */
function namesIn(location: ItemLocation, items: readonly string[]): readonly string[] {
  if (location === 'os') return items
  return typeof location === 'object' ? items.map((item) => location.nameOf(item)) : []
}

function isIn(inUse: ItemLocation, name: string): boolean {
  if (typeof inUse === 'object') return inUse.isNameOf(name)
  return inUse === 'os' && !isSealed(name)
}

/** Whether the name is one that `OsWithPassphrase` gives to a sealed item. */
function isSealed(name: string): boolean {
  return name.startsWith('guarded-')
}
