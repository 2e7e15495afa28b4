import { linesOf } from '../../../../shared/text-file.ts'
import { Refusal } from '../../../vault/refusal.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'

interface Machine {
  readonly host: string
  login: string | undefined
  password: string | undefined
  /** A second password, which some servers ask for. */
  account: string | undefined
}

/**
 * Reads the logins of `.netrc`: the password of each machine. Skipped are macros and lines that belong to no machine.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without a machine; `stored-limit`
 */
export function readNetrc(text: string, maxValueBytes?: number): Reading {
  const reading = startReading(maxValueBytes)
  const machines = [...machinesIn(linesOf(text), (name) => skip(reading, name, 'other-kind'))]
  if (machines.length === 0) throw new Refusal('import-invalid')
  const names = uniqueTitles(machines.map(({ host, login }) => ({ title: host, hints: [login] })))
  for (const [at, { password, account }] of machines.entries()) {
    const name = names[at] ?? ''
    collectValue(reading, name, password ?? '')
    if (account !== undefined) collectValue(reading, `${name} account`, account)
  }
  return reading
}

/** @param onmacro called with the name of each macro. @throws Refusal `import-invalid` for a word that does not belong there */
function* machinesIn(text: string, onmacro: (name: string) => void): Generator<Machine> {
  const words = new Words(text)
  let machine: Machine | undefined
  for (let key = words.next(); key !== undefined; key = words.next()) {
    if (key.startsWith('#')) words.skipTo(/\n/g)
    else if (key === 'macdef') {
      onmacro(words.next() ?? '')
      words.skipTo(/\n[ \t]*\n/g)
    } else if (key === 'machine' || key === 'default') {
      if (machine !== undefined) yield machine
      const host = key === 'default' ? 'default' : words.next()
      if (host === undefined) throw new Refusal('import-invalid')
      machine = { host, login: undefined, password: undefined, account: undefined }
    } else if (machine !== undefined && (key === 'login' || key === 'password' || key === 'account')) machine[key] = words.next()
    else throw new Refusal('import-invalid')
  }
  if (machine !== undefined) yield machine
}

/** By the character after the backslash. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** Words are separated by blanks and line ends. A word in double quotes can contain them, and escaped characters. */
class Words {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** @throws Refusal `import-invalid` for a quote that is never closed */
  next(): string | undefined {
    const word = /\S+/g
    word.lastIndex = this.#at
    const found = word.exec(this.#text)
    if (found === null) return undefined
    if (found[0].startsWith('"')) return this.#quoted(found.index + 1)
    this.#at = word.lastIndex
    return found[0]
  }

  /** @param end global */
  skipTo(end: RegExp): void {
    end.lastIndex = this.#at
    this.#at = end.exec(this.#text) === null ? this.#text.length : end.lastIndex
  }

  #quoted(from: number): string {
    let word = ''
    for (let at = from; at < this.#text.length; at += 1) {
      const sign = this.#text[at] ?? ''
      if (sign === '"') {
        this.#at = at + 1
        return word
      }
      if (sign === '\\') at += 1
      const escaped = this.#text[at] ?? ''
      word += sign === '\\' ? (escapes[escaped] ?? escaped) : sign
    }
    throw new Refusal('import-invalid')
  }
}
