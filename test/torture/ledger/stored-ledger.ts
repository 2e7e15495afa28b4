import { digestOf } from './digest.ts'
import type { Imported, State } from '../child/orders.ts'

/** Imported values, which no server lists: by the ids that the vault gave them. */
export class StoredLedger {
  readonly #values = new Map<string, { readonly name: string; readonly digest: string }>()
  readonly #inKeychain = new Set<string>()

  imported(imported: readonly Imported[], values: Readonly<Record<string, string>>): void {
    for (const { id, name } of imported) this.#values.set(id, { name, digest: digestOf(values[name] ?? '') })
  }

  tookByKeychain(ids: readonly string[]): void {
    for (const id of ids) this.#inKeychain.add(id)
  }

  digestOf(id: string): string | null {
    return this.#values.get(id)?.digest ?? null
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
