import type { ExportFormat } from '../../../shared/lists/transfer.ts'
import type { ExportedKey } from '../../vault/backup/export-values.ts'
import { readable } from '../../vault/model/readable.ts'
import { cxfText } from './cxf.ts'

export interface Exported {
  readonly text: string
  /** Names of the keys whose values this format cannot hold. They are not in the text. */
  readonly leftOut: string[]
}

/** Formats an export in clear: anybody who can read the text has the values. @param at milliseconds since 1970 */
export function exportText(keys: readonly ExportedKey[], format: ExportFormat, at: number): Exported {
  const exposed = keys.map(({ value, ...rest }) => ({ ...rest, value: value.expose() }))
  if (format === 'json') {
    return {
      text: `${JSON.stringify({ format: 'latchkey export', version: 1, at: new Date(at).toISOString(), keys: exposed }, null, 2)}\n`,
      leftOut: [],
    }
  }
  if (format === 'cxf') return { text: cxfText(exposed, at), leftOut: [] }
  const [taken, lines, leftOut]: [Set<string>, string[], string[]] = [new Set(), [], []]
  for (const { account, name, value } of exposed) {
    const written = quoted(value)
    if (written === null) leftOut.push(name)
    // Servers choose the names of keys. A line break in a name would put the rest of it outside the comment, where a shell runs it.
    else lines.push(`# ${readable(name, 128)} · ${readable(account, 128)}\n${variableFor(name, taken)}=${written}\n`)
  }
  return { text: lines.join(''), leftOut }
}

/** Variables by which a shell, or a program it starts, would run something else, and variables that a shell does not allow to be set. */
const reservedNames = new RegExp(
  `^(?:${[
    '_|BASH\\w*|CDPATH|DYLD_\\w+|E?UID|ENV|HOME|IFS|LD_\\w+|PATH|PPID|PROMPT_COMMAND|PS\\d|SHELLOPTS',
    'BROWSER|EDITOR|PAGER|VISUAL|SSH_ASKPASS|GIT_(?:ASKPASS|CONFIG\\w*|EDITOR|EXEC_PATH|EXTERNAL_DIFF|PAGER|PROXY_COMMAND|SEQUENCE_EDITOR|SSH(?:_COMMAND)?)',
    'NODE_OPTIONS|PERL5(?:DB|LIB|OPT)|PYTHON(?:BREAKPOINT|HOME|INSPECT|PATH|STARTUP)|RUBY(?:LIB|OPT)|_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS',
  ].join('|')})$`,
)

/** The most similar variable name that is valid in a shell, unused so far and not reserved. */
function variableFor(name: string, taken: Set<string>): string {
  const letters = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')
  const plain = letters === '' || reservedNames.test(letters) ? `${letters}_KEY` : letters
  let free = plain
  for (let count = 2; taken.has(free); count += 1) free = `${plain}_${count}`
  taken.add(free)
  return free
}

/**
 * Quotes a value so that shells, dotenv libraries and our own import all read the same. They agree on plain text between quotes, but on no
 * escape: some libraries have none, others apply them within single quotes too, and all normalize line ends.
 * @returns null if the value has no such form
 */
function quoted(value: string): string | null {
  if (/^[\w@%+,./-]+=*$/.test(value)) return value
  if (/[\0\r]/.test(value)) return null
  if (!/'|\\\\|\\$/.test(value)) return `'${value}'`
  return /["$`\\]/.test(value) ? null : `"${value}"`
}
