import { type Reading, sort } from './found.ts'

const blank = /^\s*(?:#.*)?$/
const head = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=[ \t]*(.*)$/
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' }

/**
 * A file of `NAME=VALUE` lines, as shells and the dotenv libraries read it: values bare, in single or in double quotes, quoted ones
 * over several lines too. A line that is none of these is passed over and told; where a name is set twice, the last one counts.
 */
export function readEnv(text: string): Reading {
  const reading: Reading = { found: [], passed: [] }
  const values = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (blank.test(line)) continue
    const [, name, begun] = head.exec(line) ?? []
    if (name === undefined || begun === undefined) {
      reading.passed.push({ name: `${at + 1}`, why: 'unreadable' }) // by its line: what stands there may be a value
      continue
    }
    const quote = /^['"]/.exec(begun)?.[0]
    if (quote === undefined) {
      values.set(name, begun.replace(/(?:^|\s+)#.*$/, '').trim())
      continue
    }
    const end = closing(lines, at, begun, quote)
    if (end === null) reading.passed.push({ name, why: 'unreadable' })
    else {
      values.set(name, quote === '"' ? unescape(end.text) : end.text)
      at = end.at
    }
  }
  for (const [name, value] of values) sort(reading, name, value)
  return reading
}

/** @returns what stands between the quotes, and the line that the second one is in; null if there is none, or something follows it */
function closing(lines: readonly string[], from: number, begun: string, quote: string): { text: string; at: number } | null {
  const whole = quote === '"' ? /^"((?:[^"\\]|\\[^])*)"\s*(?:#.*)?$/ : /^'([^']*)'\s*(?:#.*)?$/
  let text = begun
  for (let at = from; at < lines.length && at < from + 200; at += 1) {
    if (at > from) text += `\n${lines[at]}`
    const inside = whole.exec(text)?.[1]
    if (inside !== undefined) return { text: inside, at }
  }
  return null
}

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (both, sign: string) => escapes[sign] ?? both)
}
