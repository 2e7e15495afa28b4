/**
 * Why an entry cannot be read. `line`: it is not NAME=VALUE. `open`: its quote is not closed. `rest`: text follows its closing quote.
 * `hash`: its value begins with #, which some programs treat as a comment and others as a value.
 */
export type EnvFault = 'line' | 'open' | 'rest' | 'hash'

export interface EnvEntry {
  /** The line in which it begins, from 1. */
  readonly line: number
  /** Empty for a line that is not NAME=VALUE. */
  readonly name: string
  readonly quote: '"' | "'" | '`' | null
  /** As it is in the file, without the quotes. */
  readonly raw: string
  readonly fault: EnvFault | null
}

const head = /[ \t]*([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=/y
const exported = /[ \t]*export[ \t]+/y
const blank = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y
const space = /[ \t]*/y
/** `export A=1 B=2` sets two variables in a shell. */
const assignment = /[A-Za-z_][A-Za-z0-9_.-]*=/y

/**
 * Reads the entries of a file of `NAME=VALUE` lines whose line ends are LF. Values are bare, in single or double quotes, or in backticks;
 * quoted values may span several lines. The app's import and the command's `--env-file` both use this and decide themselves about an entry
 * with a fault. Each character is read a few times at most, so that no file of many megabytes can be made slow to read.
 */
export function envEntries(text: string): Iterable<EnvEntry> {
  return new EnvScanner(text).entries()
}

class EnvScanner {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  *entries(): Generator<EnvEntry> {
    while (this.#at < this.#text.length) if (this.#match(blank) === null) yield* this.#assignments()
  }

  *#assignments(): Generator<EnvEntry> {
    const isExport = this.#match(exported) !== null
    do {
      const [at, line] = [this.#at, this.#line]
      const entry = { line, ...this.#assignment(isExport) }
      yield entry
      if (entry.fault === null) continue
      // The following lines may be entries of their own.
      this.#at = at
      this.#line = line
      const end = this.#text.indexOf('\n', at)
      this.#advance(end < 0 ? this.#text.length : end + 1)
      return
    } while (this.#match(blank) === null)
  }

  #assignment(isExport: boolean): Omit<EnvEntry, 'line'> {
    const name = this.#match(head)?.[1]
    if (name === undefined) return { name: '', quote: null, raw: '', fault: 'line' }
    if (this.#text[this.#at] === '#') return { name, quote: null, raw: '', fault: 'hash' }
    this.#match(space)
    const quote = quoteOf(this.#text[this.#at])
    if (quote === null) return { name, quote, raw: this.#bare(isExport), fault: null }
    const end = this.#closing(quote)
    if (end < 0) return { name, quote, raw: '', fault: 'open' }
    const raw = this.#text.slice(this.#at + 1, end)
    this.#advance(end + 1)
    return { name, quote, raw, fault: this.#mayEnd(isExport) ? null : 'rest' }
  }

  /** Up to the end of the line, or to a `#` after a blank; in an export also to the next assignment. */
  #bare(isExport: boolean): string {
    let end = this.#at
    for (; end < this.#text.length && this.#text[end] !== '\n'; end += 1) {
      if (this.#text[end] === '#' && isSpace(this.#text[end - 1])) break
      if (isExport && isSpace(this.#text[end]) && this.#isAhead(assignment, end + 1)) break
    }
    const raw = this.#text.slice(this.#at, end).trim()
    this.#advance(end)
    return raw
  }

  /** @returns the index of the first unescaped quote; -1 if every quote is escaped */
  #closing(quote: string): number {
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      if (this.#text[at] === quote) return at
      if (this.#text[at] === '\\' && quote === '"') at += 1
    }
    return -1
  }

  #mayEnd(isExport: boolean): boolean {
    if (this.#isAhead(blank, this.#at)) return true
    return isExport && isSpace(this.#text[this.#at]) && this.#isAhead(head, this.#at)
  }

  #isAhead(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at
    return pattern.test(this.#text)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found !== null) this.#advance(pattern.lastIndex)
    return found
  }

  #advance(to: number): void {
    const end = Math.min(to, this.#text.length)
    for (; this.#at < end; this.#at += 1) if (this.#text[this.#at] === '\n') this.#line += 1
  }
}

function isSpace(sign: string | undefined): boolean {
  return sign === ' ' || sign === '\t'
}

function quoteOf(sign: string | undefined): EnvEntry['quote'] {
  return sign === '"' || sign === "'" || sign === '`' ? sign : null
}

/** By the character after the backslash, in double quotes. */
export const envEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$', '`': '`' }

export type EnvValue =
  | {
      readonly kind: 'value'
      readonly value: string
      /** A `$NAME` in it that the file does not set above. */ readonly unset: string | null
    }
  /** `${NAME}`, or something else in braces, that the file does not set above. `name` is empty if it is not a name. */
  | { readonly kind: 'unset'; readonly name: string }
  | { readonly kind: 'too-long' }

/** Maximum length of an expanded value: each variable can use an earlier one twice, so that values could grow exponentially. */
const maxExpandedLength = 1_000_000

/**
 * The value of an entry: escapes are resolved in double quotes; variables that the file sets above are expanded there and in bare values.
 * dotenv-expand and shells do the same. The environment is not used, because it belongs to another program.
 * @param above what is set so far, by name
 */
export function envValue({ quote, raw }: EnvEntry, above: ReadonlyMap<string, string>): EnvValue {
  if (quote === "'" || quote === '`') return { kind: 'value', value: raw, unset: null }
  let value = ''
  let unset: string | null = null
  let end = 0
  for (const found of raw.matchAll(/\\([^])|\$\{([^}]*)\}|\$([A-Za-z_]\w*)/g)) {
    const [all, escaped, braced, plain] = found
    value += raw.slice(end, found.index)
    end = found.index + all.length
    if (escaped !== undefined) value += quote === '"' ? (envEscapes[escaped] ?? all) : all
    else {
      const name = braced ?? plain ?? ''
      const known = above.get(name)
      if (known === undefined && braced !== undefined) return { kind: 'unset', name: /^[A-Za-z_]\w*/.exec(name)?.[0] ?? '' }
      if (known === undefined) unset ??= name
      value += known ?? all
      if (value.length > maxExpandedLength) return { kind: 'too-long' }
    }
  }
  return { kind: 'value', value: value + raw.slice(end), unset }
}
