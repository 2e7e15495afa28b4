import { digestOf } from './digest.ts'
import type { Imported, State } from '../child/orders.ts'

/** Imported values, which no server lists: by the ids that the vault gave them. */
export class StoredLedger {
  readonly #values = new Map<string, { readonly name: string; readonly digest: string }>()
  readonly #inKeychain = new Set<string>()
  /** Of every import that was answered, by id: what no list names any more may still be found by the vault, and be in a backup. */
  readonly #imported = new Map<string, string>()
  /** Of every import that was asked for, answered or not. */
  readonly #requested = new Set<string>()

  requested(values: Readonly<Record<string, string>>): void {
    for (const value of Object.values(values)) this.#requested.add(digestOf(value))
  }

  imported(imported: readonly Imported[], values: Readonly<Record<string, string>>): void {
    for (const { id, name } of imported) {
      const digest = digestOf(values[name] ?? '')
      this.#values.set(id, { name, digest })
      this.#imported.set(id, digest)
    }
  }

  tookByKeychain(ids: readonly string[]): void {
    for (const id of ids) this.#inKeychain.add(id)
  }

  /** Whether this is the id's own value. If its import was not answered, its id is unknown, and any value that was to be imported may be. */
  isOwn(id: string, digest: string): boolean {
    const own = this.#imported.get(id)
    return own === undefined ? this.#requested.has(digest) : own === digest
  }

  /** What was only in the cache may be lost with it. */
  cacheLost(): void {
    for (const id of this.#values.keys()) if (!this.#inKeychain.has(id)) this.#values.delete(id)
  }

  /** No list names them any more. */
  forgotten(): void {
    this.#values.clear()
  }

  /** @returns the violations once the vault has settled, one sentence each */
  wrongly(given: State['values']): string[] {
    return [...this.#values].flatMap(([id, { name, digest }]) => {
      const value = given[id]
      if (value === undefined) return [`the stored value ${name} (${id}) is not listed`]
      if ('code' in value) return [`the stored value ${name} (${id}) was refused: ${value.code}`]
      return value.digest === digest ? [] : [`the stored value ${name} (${id}) is another`]
    })
  }

  rest(): void {
    this.tookByKeychain([...this.#values.keys()])
  }
}
