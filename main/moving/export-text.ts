import type { ExportedKey } from '../vault/export-values.ts'

export type ExportFormat = 'json' | 'env'

/** A plain export: whoever can read the text has the values. @param at milliseconds since 1970 */
export function exportText(keys: readonly ExportedKey[], format: ExportFormat, at: number): string {
  const read = keys.map(({ value, ...rest }) => ({ ...rest, value: value.expose() }))
  if (format === 'json') return `${JSON.stringify({ format: 'latchkey export', version: 1, at: new Date(at).toISOString(), keys: read }, null, 2)}\n`
  const taken = new Set<string>()
  return read.map(({ account, name, value }) => `# ${name} · ${account}\n${variableFor(name, taken)}=${quoted(value)}\n`).join('')
}

/** The nearest that a shell takes for a variable's name, and none twice. */
function variableFor(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')
  let free = plain
  for (let count = 2; taken.has(free); count += 1) free = `${plain}_${count}`
  taken.add(free)
  return free
}

/** So that shells and dotenv libraries read the same from it. */
function quoted(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return value
  if (!value.includes("'") && !value.includes('\r')) return `'${value}'`
  return `"${value.replace(/[\\"$`]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
}
