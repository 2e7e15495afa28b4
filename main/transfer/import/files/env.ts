import { envEntries, envValue } from '../../../../shared/env-format.ts'
import { linesOf } from '../../../../shared/text-file.ts'
import { skip, type Reading, startReading, collectValue } from '../found.ts'

/**
 * Reads a file of `NAME=VALUE` lines. Other lines, and values that cannot be determined, are skipped and reported. If a name is set twice,
 * the last value counts.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `stored-limit`
 */
export function readEnv(text: string, maxValueBytes?: number): Reading {
  const reading = startReading(maxValueBytes)
  const values = new Map<string, string>()
  for (const entry of envEntries(linesOf(text))) {
    const { name, line, fault } = entry
    if (name === '') {
      skip(reading, `${line}`, 'unreadable') // named by its line number, because the text may be a value
      continue
    }
    const read = fault === null ? envValue(entry, values) : null
    values.delete(name) // also if the new value cannot be determined: it replaces the one before
    if (read?.kind === 'value') values.set(name, read.value)
    else skip(reading, name, read === null ? 'unreadable' : read.kind === 'unset' ? 'variable' : 'too-long')
  }
  for (const [name, value] of values) collectValue(reading, name, value)
  return reading
}
