import { existsSync } from 'node:fs'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { orStorageRefusal } from '../vault/refusal.ts'

/**
 * Whether the palette was opened in this profile before. Its hidden window costs a process, so it is created in advance only for those
 * who use it; the first opening waits for its page.
 */
export class PaletteUse {
  readonly #path: string

  /** @param path of the file that exists once the palette was opened */
  constructor(path: string) {
    this.#path = path
  }

  get isKnown(): boolean {
    return existsSync(this.#path)
  }

  /** Idempotent. @throws Refusal `disk-full` or `profile-unusable` */
  record(): void {
    if (this.isKnown) return
    orStorageRefusal(() => writeFileAtomic(this.#path, ''))
  }
}
