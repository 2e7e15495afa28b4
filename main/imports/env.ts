import { longest, pass, type Reading, sort } from './found.ts'

const blank = /^\s*(?:#.*)?$/
const head = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=(.*)$/s
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$', '`': '`' }

/**
 * A file of `NAME=VALUE` lines, as shells and the dotenv libraries read it: values bare, in single or in double quotes, quoted ones
 * over several lines too. A line that is none of these is passed over and told; where a name is set twice, the last one counts.
 * @throws Refusal `stored-limit`
 */
export function readEnv(text: string): Reading {
  const reading: Reading = { found: [], passed: [] }
  const values = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (blank.test(line)) continue
    const [, name, rest] = head.exec(line) ?? []
    if (name === undefined || rest === undefined) {
      pass(reading, `${at + 1}`, 'unreadable') // by its line: what stands there may be a value
      continue
    }
    const begun = rest.trimStart()
    const quote = /^['"]/.exec(begun)?.[0]
    if (quote === undefined) {
      const comment = begun.search(/(?:^|\s)#/)
      values.set(name, (comment < 0 ? begun : begun.slice(0, comment)).trim())
      continue
    }
    const end = closing(lines, at, begun, quote)
    if (end === null) pass(reading, name, 'unreadable')
    else {
      values.set(name, quote === '"' ? unescape(end.text) : end.text)
      at = end.at
    }
  }
  for (const [name, value] of values) sort(reading, name, value)
  return reading
}

/**
 * Each letter is looked at once: a file of many megabytes may be made to be slow to read. A value that is kept has no more lines than bytes.
 * @returns what stands between the quotes, and the line that the second one is in; null if there is none, or something follows it
 */
function closing(lines: readonly string[], from: number, begun: string, quote: string): { text: string; at: number } | null {
  let text = ''
  for (let at = from; at < lines.length && at <= from + longest; at += 1) {
    const line = at === from ? begun.slice(1) : (lines[at] ?? '')
    const end = endOf(line, quote)
    if (end >= 0) return blank.test(line.slice(end + 1)) ? { text: text + line.slice(0, end), at } : null
    text += `${line}\n`
  }
  return null
}

/** @returns where the quote stands that is not escaped; -1 if there is none */
function endOf(line: string, quote: string): number {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === quote) return at
    if (line[at] === '\\' && quote === '"') at += 1
  }
  return -1
}

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (both, sign: string) => escapes[sign] ?? both)
}
