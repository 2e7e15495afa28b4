import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formsOf } from '../forms.ts'

/** Only in a run of so many letters and digits can a secret be: a look that costs little. */
const suspicious = /[A-Za-z0-9+/_=-]{32}/

/** Everything that the keychain was given or gave, and where it must not be. */
export class Secrets {
  readonly #values = new Map<string, string>()
  #forms: string[] = []

  /** @param item the keychain's name for it; what is only told by it, as the list of accounts, is no secret */
  note(item: string, told: string): void {
    const value = /\/local$/.test(item) ? (told.split(' ')[2] ?? '') : /\/(?:root|root-aside|session\/.*|value\/.*)$/.test(item) ? told : ''
    if (value.length < 16 || this.#values.get(item) === value) return
    this.#values.set(item, value)
    this.#forms = [...this.#forms, ...formsOf(value)].slice(-1_000)
  }

  /** Whether a text has one of them, other than `given`. */
  isIn(text: string, given: string | null = null): boolean {
    if (!suspicious.test(text)) return false
    const spared = given === null ? [] : formsOf(given)
    return this.#forms.some((form) => text.includes(form) && !spared.includes(form))
  }

  /** With the keychain's names, as they can be noted again. */
  noted(): [string, string][] {
    return [...this.#values]
  }

  get count(): number {
    return this.#values.size
  }

  /** @returns the files below a folder that have one of them */
  filesWith(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return this.filesWith(path)
      if (!entry.isFile()) return []
      // Only in what could be one of them, and each such piece once: a profile has many bytes, and there are many secrets.
      const pieces = readFileSync(path, 'latin1').match(/[A-Za-z0-9+/_.=-]{16,}/g) ?? []
      return pieces.some((piece) => this.#forms.some((form) => piece.includes(form))) ? [path] : []
    })
  }
}
