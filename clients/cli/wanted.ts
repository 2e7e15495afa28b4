import type { KeyReference } from '../protocol/command.ts'
import { strange } from './fault.ts'

/** The keys that something needs, each once: what is asked for in one request, and the values that came. */
export class Wanted {
  readonly #references = new Map<string, KeyReference>()
  #values = new Map<string, string>()

  add(reference: KeyReference): void {
    this.#references.set(nameOf(reference), reference)
  }

  get references(): KeyReference[] {
    return [...this.#references.values()]
  }

  get values(): string[] {
    return [...this.#values.values()]
  }

  /** @param values in the order of `references`. @throws Fault if it is not one for each */
  fill(values: readonly string[]): void {
    if (values.length !== this.#references.size) throw strange()
    this.#values = new Map([...this.#references.keys()].map((name, index) => [name, values[index] ?? '']))
  }

  valueOf(reference: KeyReference): string {
    const value = this.#values.get(nameOf(reference))
    if (value === undefined) throw new Error('a reference was not asked for')
    return value
  }
}

function nameOf({ account, key }: KeyReference): string {
  return JSON.stringify([account, key])
}
