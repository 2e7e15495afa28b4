import type { ExportedKey } from '../../vault/backup/export-values.ts'
import { readable } from '../../vault/model/readable.ts'

export type ExportFormat = 'json' | 'env'

export interface Exported {
  readonly text: string
  /** Names of the keys whose values this format cannot hold. They are not in the text. */
  readonly leftOut: string[]
}

/** A plain export: whoever can read the text has the values. @param at milliseconds since 1970 */
export function exportText(keys: readonly ExportedKey[], format: ExportFormat, at: number): Exported {
  const read = keys.map(({ value, ...rest }) => ({ ...rest, value: value.expose() }))
  if (format === 'json') {
    return {
      text: `${JSON.stringify({ format: 'latchkey export', version: 1, at: new Date(at).toISOString(), keys: read }, null, 2)}\n`,
      leftOut: [],
    }
  }
  const [taken, lines, leftOut]: [Set<string>, string[], string[]] = [new Set(), [], []]
  for (const { account, name, value } of read) {
    const written = quoted(value)
    if (written === null) leftOut.push(name)
    // A server gives the names it likes: with a line end in one, what follows it would be the shell's to run.
    else lines.push(`# ${readable(name, 128)} · ${readable(account, 128)}\n${variableFor(name, taken)}=${written}\n`)
  }
  return { text: lines.join(''), leftOut }
}

/** By these a shell, or what it starts, is led to run something else; others it does not let be set. */
const acted = new RegExp(
  `^(?:${[
    '_|BASH\\w*|CDPATH|DYLD_\\w+|E?UID|ENV|HOME|IFS|LD_\\w+|PATH|PPID|PROMPT_COMMAND|PS\\d|SHELLOPTS',
    'BROWSER|EDITOR|PAGER|VISUAL|SSH_ASKPASS|GIT_(?:ASKPASS|CONFIG\\w*|EDITOR|EXEC_PATH|EXTERNAL_DIFF|PAGER|PROXY_COMMAND|SEQUENCE_EDITOR|SSH(?:_COMMAND)?)',
    'NODE_OPTIONS|PERL5(?:DB|LIB|OPT)|PYTHON(?:BREAKPOINT|HOME|INSPECT|PATH|STARTUP)|RUBY(?:LIB|OPT)|_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS',
  ].join('|')})$`,
)

/** The nearest that a shell takes for a variable's name, none twice, and none that it acts on. */
function variableFor(name: string, taken: Set<string>): string {
  const letters = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')
  const plain = letters === '' || acted.test(letters) ? `${letters}_KEY` : letters
  let free = plain
  for (let count = 2; taken.has(free); count += 1) free = `${plain}_${count}`
  taken.add(free)
  return free
}

/**
 * As shells, dotenv libraries and our own import read the same from it. Between quotes they agree on what stands there as it is, and on no
 * escape: some libraries know none, others know them between single quotes too, and all make one line end of each.
 * @returns null if there is no such form
 */
function quoted(value: string): string | null {
  if (/^[\w@%+,./-]+=*$/.test(value)) return value
  if (/[\0\r]/.test(value)) return null
  if (!/'|\\\\|\\$/.test(value)) return `'${value}'`
  return /["$`\\]/.test(value) ? null : `"${value}"`
}
