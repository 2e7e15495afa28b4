import { readFileSync } from 'node:fs'
import type { KeychainKind } from '../vault/keychain/examine-keychain.ts'
import type { MovableKeychain } from '../vault/keychain/migrate-items.ts'
import type { Keychain } from '../vault/ports/keychain.ts'
import { Refusal } from '../vault/refusal.ts'
import type { OsWithPassphrase } from './os-with-passphrase.ts'
import { PassphraseFile } from './passphrase/vault-file.ts'

/** Where the vault keeps its items now. `guarded` while it is locked: it could be under any of its names. */
export type InUse = KeychainKind | OsWithPassphrase

/**
 * What moves have yet to take out of the OS keychain, by the names that it has there; never a value. The names are on disk before a move
 * is decided: neither the end of the process nor a keychain that refuses makes them forgotten.
 */
export class PendingRemovals {
  readonly #file: PassphraseFile
  #refused = false

  constructor(path: string) {
    this.#file = new PassphraseFile(path)
  }

  /** Whether something is left that is not sealed; also where that cannot be told. */
  get hasUnsealed(): boolean {
    return this.#file.exists && (this.#names()?.some((name) => !isSealed(name)) ?? true)
  }

  /** Whether the keychain did not let go of it, and it is not only on its way. */
  get wasRefused(): boolean {
    return this.#refused && this.hasUnsealed
  }

  /** A move out of where the items are now. @throws Refusal those of a move, `disk-full` or `profile-unusable`; nothing is switched then */
  async move(current: MovableKeychain, from: InUse, to: Keychain, names: () => readonly string[], commit: () => void): Promise<void> {
    if (from === 'passphrase' || from === 'guarded') return void (await current.move(to, names, commit)) // a file goes as a whole
    const storedNames = (items: readonly string[]): readonly string[] => (from === 'os' ? items : items.map((item) => from.nameOf(item)))
    let recorded: readonly string[] = []
    const remaining = await current.move(to, names, (copied) => {
      recorded = storedNames(copied)
      this.#save([...(this.#names() ?? []), ...recorded])
      commit()
    })
    this.#refused ||= remaining.length > 0
    const gone = new Set(recorded)
    for (const name of storedNames(remaining)) gone.delete(name)
    try {
      this.#save((this.#names() ?? []).filter((name) => !gone.has(name)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error // the move is done; a list that cannot be written now is gone through again
    }
  }

  /**
   * Takes out of the OS keychain what it lets go of now.
   * @param known the vault's items, looked for where the list itself was damaged
   * @throws Refusal `disk-full` or `profile-unusable`; what was removed is removed
   */
  async remove(os: Keychain, inUse: InUse, known: () => readonly string[]): Promise<void> {
    if (!this.#file.exists) return
    // A move that was never decided, or went back, noted what is in use.
    const left = new Set((this.#names() ?? known()).filter((name) => !isIn(inUse, name)))
    for (const name of left) {
      const { outcome } = await os.remove(name)
      if (outcome === 'ok') left.delete(name)
      else if (outcome !== 'denied') break // it is shut, or gone: its person is asked for it once, and not for each item
    }
    this.#refused = left.size > 0
    this.#save(left)
  }

  #save(names: Iterable<string>): void {
    const left = [...new Set(names)]
    if (left.length === 0) this.#file.delete()
    else this.#file.write(JSON.stringify(left))
  }

  /** @returns null for a list that is none; empty where there is no file */
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

function isIn(inUse: InUse, name: string): boolean {
  if (typeof inUse === 'object') return inUse.isNameOf(name)
  return inUse === 'guarded' || (inUse === 'os' && !isSealed(name))
}

/** What `GuardedKeychain` puts into the OS keychain begins so. */
function isSealed(name: string): boolean {
  return name.startsWith('guarded-')
}
