import { linesOf } from '../../../../shared/text-file.ts'
import { Refusal } from '../../../vault/refusal.ts'
import { collectValue, type Reading, skip, startReading } from '../found.ts'
import { iniEntries } from './ini.ts'

/** What each of a profile's values is called here, by its lowercase name there. The identifier is useless without its secret, so both are taken. */
const values: ReadonlyMap<string, string> = new Map([
  ['aws_access_key_id', 'access key ID'],
  ['aws_secret_access_key', 'secret access key'],
  ['aws_session_token', 'session token'],
])

/**
 * Reads the credentials file of the AWS command line. The values of each profile are its access key ID, its secret access key and, for
 * temporary keys, its session token. Everything else in it is a setting. If a profile sets a value twice, the last one counts.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without an AWS key; `stored-limit`
 */
export function readAws(text: string, maxValueBytes?: number): Reading {
  const reading = startReading(maxValueBytes)
  const found = new Map<string, string>()
  for (const { line, section, name, value, indented } of iniEntries(linesOf(text))) {
    const named = values.get(name.toLowerCase())
    if (value === null || section === '') skip(reading, `${line}`, 'unreadable')
    else if (indented || named === undefined) skip(reading, `${section} ${name}`, 'setting')
    else found.set(`AWS ${section} ${named}`, value.replace(/\s[#;].*$/, '').trimEnd())
  }
  if (found.size === 0) throw new Refusal('import-invalid')
  for (const [name, value] of found) collectValue(reading, name, value)
  return reading
}
