import type { RecognizedKey } from '../../../shared/services/recognize-key.ts'
import type { Service } from '../../../shared/services/service.ts'

/** What the window knows about services. The catalogue is loaded when it is first needed, not at the start of the window. */
class Services {
  #loaded = $state.raw<ReadonlyMap<string, Service> | null>(null)
  #recognize: ((value: string) => RecognizedKey | null) | null = null
  #loading: Promise<void> | null = null

  load(): Promise<void> {
    return (this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null // the next look tries again
      throw error
    }))
  }

  /** The service with this id; null for no id, while the catalogue is loading, and for one that this version does not know. */
  of(id: string | null): Service | null {
    if (id === null) return null
    if (this.#loaded === null) void this.load()
    return this.#loaded?.get(id) ?? null
  }

  /** @returns null for a value of no known service, and while the catalogue is loading */
  recognize(value: string): RecognizedKey | null {
    return this.#loaded === null || this.#recognize === null ? null : this.#recognize(value)
  }

  async #load(): Promise<void> {
    const [{ catalogue }, { recognizeKey }] = await Promise.all([
      import('../../../shared/services/catalogue.ts'),
      import('../../../shared/services/recognize-key.ts'),
    ])
    this.#recognize = recognizeKey
    this.#loaded = new Map(catalogue.map((service) => [service.id, service]))
  }
}

export const services = new Services()
