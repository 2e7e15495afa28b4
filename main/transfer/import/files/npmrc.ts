import * as v from 'valibot'
import { linesOf } from '../../../../shared/text-file.ts'
import { collectValue, type Reading, skip, startReading } from '../found.ts'
import { iniEntries } from './ini.ts'

/** A secret by what npm calls it, for one registry, or for the default one as older files have it. */
const secret = /^(?:\/\/(?<registry>.*?)\/?:)?_(?<kind>authToken|auth|password)$/
const kinds: Readonly<Record<string, string>> = { authToken: 'token', auth: 'login', password: 'password' }

/**
 * Reads npm's configuration. Values are the tokens, logins and passwords for registries, as they are in the file: npm has logins and
 * passwords there in Base64. Skipped are settings, and values that come from a variable. If a name is set twice, the last value counts.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `stored-limit`
 */
export function readNpmrc(text: string, maxValueBytes?: number): Reading {
  const reading = startReading(maxValueBytes)
  const found = new Map<string, string>()
  for (const { line, name, value } of iniEntries(linesOf(text))) {
    const groups = secret.exec(name)?.groups
    if (value === null) skip(reading, `${line}`, 'unreadable')
    else if (groups === undefined) skip(reading, name, 'setting')
    else {
      const registry = groups['registry'] ?? 'registry.npmjs.org'
      found.set(`npm ${registry} ${kinds[groups['kind'] ?? ''] ?? ''}`, unquote(value))
    }
  }
  for (const [name, value] of found) {
    if (/(?<!\\)\$\{[^}]+\}/.test(value)) skip(reading, name, 'variable')
    else collectValue(reading, name, value)
  }
  return reading
}

const quoted = v.pipe(v.string(), v.parseJson(), v.string())

/** As npm reads it: text in double quotes is JSON, and a comment ends a bare value. */
function unquote(value: string): string {
  const json = value.startsWith('"') ? v.safeParse(quoted, value) : undefined
  if (json?.success === true) return json.output
  if (value.length > 1 && value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1)
  let bare = ''
  for (let at = 0; at < value.length && value[at] !== ';' && value[at] !== '#'; at += 1) {
    if (value[at] === '\\' && '\\;#'.includes(value[at + 1] ?? ' ')) at += 1
    bare += value[at] ?? ''
  }
  return bare.trim()
}
