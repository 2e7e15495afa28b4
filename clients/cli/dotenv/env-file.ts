import { envEntries, type EnvEntry, envEscapes, type EnvFault, envValue } from '../../../shared/env-format.ts'
import { linesOf, textFrom } from '../../../shared/text-file.ts'
import { usage } from '../output/fault.ts'

export interface Variable {
  readonly name: string
  readonly value: string
  /** The line on which it begins. */
  readonly line: number
}

export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

const faults: Record<EnvFault, (name: string) => string> = {
  line: () => 'this is not NAME=VALUE.',
  open: (name) => `the quote that begins the value of ${name} is not closed.`,
  rest: (name) => `something follows the closing quote of ${name}.`,
  hash: () => 'a value that begins with # needs quotes around it.',
}

/**
 * Parses a file of `NAME=VALUE` lines in the syntax that shells, Docker and the dotenv libraries read alike, with references to variables
 * set above. Syntax that they read differently is refused with its line number, because a program could get something that was not meant.
 * @param source the file's name, for faults
 * @throws Fault
 */
export function parseEnvFile(bytes: Buffer, source: string): Variable[] {
  const values = new Map<string, string>()
  const lines = new Map<string, number>()
  for (const entry of envEntries(decode(bytes, source))) {
    const { name, line } = entry
    const fault = (what: string) => usage(`${source}, line ${line}: ${what}`)
    if (entry.fault !== null) throw fault(faults[entry.fault](name))
    if (!variableName.test(name)) throw fault(faults.line(name))
    const first = lines.get(name)
    if (first !== undefined) throw fault(`${name} was set already, in line ${first}.`)
    lines.set(name, line)
    values.set(name, valueOf(entry, values, fault))
  }
  return [...values].map(([name, value]) => ({ name, value, line: lines.get(name) ?? 1 }))
}

function valueOf(entry: EnvEntry, above: ReadonlyMap<string, string>, fault: (what: string) => Error): string {
  requireAlike(entry, fault)
  const read = envValue(entry, above)
  if (read.kind === 'too-long') throw fault(`the value of ${entry.name} is too long.`)
  const unset = read.kind === 'unset' ? read.name : read.unset
  if (read.kind === 'value' && unset === null) return read.value
  throw fault(unset === '' || unset === null ? 'only ${NAME} can be put in. Single quotes keep a $ as it is.' : missing(unset))
}

function missing(name: string): string {
  return `${name} is not set above in this file, and other variables are not put in. Single quotes keep a $ as it is.`
}

/** @throws Fault for syntax that some programs read differently */
function requireAlike({ quote, raw }: EnvEntry, fault: (what: string) => Error): void {
  if (quote === '`') throw fault('a shell runs what is in backticks; use single or double quotes.')
  if (quote === null && /["'`\\]|\$\(/.test(raw)) throw fault('a value with quotes, backslashes or $( in it needs quotes around it.')
  if (quote !== '"') return
  for (const [, escaped] of raw.matchAll(/\\([^])|`|\$\(/g)) {
    if (escaped === undefined) throw fault('commands are not run; write \\` and \\$, or use single quotes.')
    if (!(escaped in envEscapes)) throw fault(`a backslash in double quotes begins \\n, \\r, \\t, \\", \\$, \\\` or \\\\.`)
  }
}

function decode(bytes: Buffer, source: string): string {
  const text = textFrom(bytes)
  if (text === null) throw usage(`${source} is neither UTF-8 nor UTF-16 text.`)
  if (text.includes('\0')) throw usage(`${source} has a null character in it.`)
  return linesOf(text)
}
