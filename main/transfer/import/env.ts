import { envEntries, envValue } from '../../../shared/env-format.ts'
import { linesOf } from '../../../shared/text-file.ts'
import { pass, type Reading, readingOf, sort } from './found.ts'

/**
 * A file of `NAME=VALUE` lines. A line that is none, and a value that cannot be told, is passed over and told; where a name is set twice,
 * the last one counts.
 * @param longest bytes of a value that are taken
 * @throws Refusal `stored-limit`
 */
export function readEnv(text: string, longest?: number): Reading {
  const reading = readingOf(longest)
  const values = new Map<string, string>()
  for (const entry of envEntries(linesOf(text))) {
    const { name, line, fault } = entry
    if (name === '') {
      pass(reading, `${line}`, 'unreadable') // by its line: what stands there may be a value
      continue
    }
    const read = fault === null ? envValue(entry, values) : null
    values.delete(name) // one that cannot be told takes the place of the one before it too
    if (read?.kind === 'value') values.set(name, read.value)
    else pass(reading, name, read === null ? 'unreadable' : read.kind === 'unset' ? 'variable' : 'too-long')
  }
  for (const [name, value] of values) sort(reading, name, value)
  return reading
}
