import type { KeyReference } from '../../shared/protocol/command.ts'
import { unexpectedAnswer } from '../output/fault.ts'

interface Want {
  readonly reference: KeyReference
  /** Where it is referenced: the file and line, or the option. */
  readonly places: Set<string>
}

/** The set of keys that a command needs, without duplicates: requested in one call, then filled with the values. */
export class RequiredValues {
  readonly #wants = new Map<string, Want>()
  #values = new Map<string, string>()

  add(reference: KeyReference, place: string): void {
    const name = JSON.stringify([reference.account, reference.key])
    const { places } = this.#wants.get(name) ?? { places: new Set() }
    this.#wants.set(name, { reference, places: places.add(place) })
  }

  get wants(): Want[] {
    return [...this.#wants.values()]
  }

  get references(): KeyReference[] {
    return this.wants.map(({ reference }) => reference)
  }

  get values(): string[] {
    return [...this.#values.values()]
  }

  /** @param values in the order of `references`. @throws Fault if their number differs */
  fill(values: readonly string[]): void {
    if (values.length !== this.#wants.size) throw unexpectedAnswer()
    this.#values = new Map([...this.#wants.keys()].map((name, index) => [name, values[index] ?? '']))
  }

  valueOf({ account, key }: KeyReference): string {
    const value = this.#values.get(JSON.stringify([account, key]))
    if (value === undefined) throw new Error('a reference was not asked for')
    return value
  }
}
