import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formsOf } from '../forms.ts'

/** A secret is a run of so many letters and digits. Searching for these runs first is cheap. */
const suspicious = /[A-Za-z0-9+/_=-]{32}/

/** Everything that was written to or read from the keychain, and a search for it in places where it must not be. */
export class Secrets {
  readonly #values = new Map<string, string>()
  #forms: { readonly form: string; readonly item: string }[] = []

  /** @param item its name in the keychain; what some items contain, such as the list of accounts, is not secret */
  note(item: string, told: string): void {
    const value = /\/local$/.test(item) ? (told.split(' ')[2] ?? '') : /\/(?:root|root-aside|session\/.*|value\/.*)$/.test(item) ? told : ''
    if (value.length < 16 || this.#values.get(item) === value) return
    this.#values.set(item, value)
    this.#forms = [...this.#forms, ...formsOf(value).map((form) => ({ form, item }))].slice(-1_000)
  }

  /** @returns the item whose secret a text contains, other than `given`; null if it contains none */
  itemIn(text: string, given: string | null = null): string | null {
    if (!suspicious.test(text)) return null
    const spared = given === null ? [] : formsOf(given)
    return this.#forms.find(({ form }) => text.includes(form) && !spared.includes(form))?.item ?? null
  }

  /** By the keychain's names, to be saved and loaded again. */
  noted(): [string, string][] {
    return [...this.#values]
  }

  get count(): number {
    return this.#values.size
  }

  /** @returns the files below a folder that contain one of them */
  filesWith(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return this.filesWith(path)
      if (!entry.isFile()) return []
      // Only runs that could be a secret, and each of them once: a profile has many bytes, and there are many secrets.
      const pieces = readFileSync(path, 'latin1').match(/[A-Za-z0-9+/_.=-]{16,}/g) ?? []
      return pieces.some((piece) => this.#forms.some(({ form }) => piece.includes(form))) ? [path] : []
    })
  }
}
