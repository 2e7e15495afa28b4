import { usage } from './fault.ts'

export interface Variable {
  readonly name: string
  readonly value: string
  /** In which it begins. */
  readonly line: number
}

export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/
const blank = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y
const head = /[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/y
/** Not before a comment, which needs a space before it. */
const space = /[ \t]*(?![ \t#])/y
const single = /'([^']*)'/y
const double = /"((?:[^"\\]|\\[^])*)"/y
/** To the end of the line, or to a `#` after a space. */
const bare = /(?:[^ \t\n]|[ \t]+(?![ \t\n#]|$))*/y
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' }

/**
 * A file of `NAME=VALUE` lines: what shells, Docker and the dotenv libraries read alike, and no more. What they read differently is
 * refused with its line, rather than given to a program as something that was not meant.
 * @param source the file's name, for faults
 * @throws Fault
 */
export function parseEnvFile(bytes: Buffer, source: string): Variable[] {
  return new EnvFile(decode(bytes, source), source).variables()
}

class EnvFile {
  readonly #lines = new Map<string, number>()
  #at = 0

  constructor(
    readonly text: string,
    readonly source: string,
  ) {}

  variables(): Variable[] {
    const variables: Variable[] = []
    while (this.#at < this.text.length) if (this.#take(blank) === null) variables.push(this.#variable())
    return variables
  }

  #variable(): Variable {
    const line = this.text.slice(0, this.#at).split('\n').length
    const fault = (what: string) => usage(`${this.source}, line ${line}: ${what}`)
    const name = this.#take(head)?.[1]
    if (name === undefined) throw fault('this is not NAME=VALUE.')
    const first = this.#lines.get(name)
    if (first !== undefined) throw fault(`${name} was set already, in line ${first}.`)
    this.#lines.set(name, line)
    this.#take(space)
    const value = this.#take(single)?.[1] ?? this.#escaped(fault) ?? this.#bare(fault)
    if (this.#take(blank) === null) throw fault(`something follows the closing quote of ${name}.`)
    return { name, value, line }
  }

  #escaped(fault: (what: string) => Error): string | null {
    const text = this.#take(double)?.[1]
    if (text === undefined) return null
    if (/(?:^|[^\\])(?:\\\\)*(?:\$[A-Za-z_{(]|`)/.test(text)) throw fault('variables are not put in; write \\$, or use single quotes.')
    return text.replace(/\\([^])/g, (_, sign: string) => {
      const meant = escapes[sign]
      if (meant === undefined) throw fault('a backslash in double quotes begins \\n, \\r, \\t, \\", \\$ or \\\\.')
      return meant
    })
  }

  #bare(fault: (what: string) => Error): string {
    const text = this.#take(bare)?.[0] ?? ''
    if (text.startsWith('#')) throw fault('a value that begins with # needs quotes around it.')
    if (/["'`\\]|\$[A-Za-z_{(]/.test(text)) throw fault('a value with quotes, backslashes or $ in it needs quotes around it.')
    return text
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)
    if (found !== null) this.#at = pattern.lastIndex
    return found
  }
}

function decode(bytes: Buffer, source: string): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes) // takes a byte order mark away
  } catch {
    throw usage(`${source} is not UTF-8 text.`)
  }
  if (text.includes('\0')) throw usage(`${source} has a null character in it.`)
  return text.replaceAll('\r\n', '\n')
}
