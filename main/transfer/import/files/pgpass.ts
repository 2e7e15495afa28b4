import { linesOf } from '../../../../shared/text-file.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'

/**
 * Reads PostgreSQL's password file: lines of `host:port:database:user:password`, where `*` stands for any, and a backslash escapes a colon
 * or another backslash. Lines with fewer fields are skipped.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `stored-limit`
 */
export function readPgpass(text: string, maxValueBytes?: number): Reading {
  const reading = startReading(maxValueBytes)
  const logins: { host: string; port: string; database: string; user: string; password: string }[] = []
  for (const [at, line] of linesOf(text).split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [host, port, database, user, password] = fieldsOf(line)
    if (host === undefined || port === undefined || database === undefined || user === undefined || password === undefined)
      skip(reading, `${at + 1}`, 'unreadable') // named by its line number, because the text may be a value
    else logins.push({ host, port, database, user, password })
  }
  const names = uniqueTitles(
    logins.map(({ host, port, database, user }) => ({
      title: [user, host].filter((part) => part !== '*').join('@') || 'PostgreSQL',
      hints: [database, port].map((part) => (part === '*' ? null : part)),
    })),
  )
  for (const [at, { password }] of logins.entries()) collectValue(reading, names[at] ?? '', password)
  return reading
}

/** Up to the fifth colon, because PostgreSQL ignores the rest of the line. @returns fewer than five fields for a line that it ignores too */
function fieldsOf(line: string): string[] {
  const fields: string[] = []
  let field = ''
  for (let at = 0; at < line.length && fields.length < 5; at += 1) {
    if (line[at] === ':') {
      fields.push(field)
      field = ''
      continue
    }
    if (line[at] === '\\' && at + 1 < line.length) at += 1
    field += line[at] ?? ''
  }
  return fields.length < 5 ? [...fields, field] : fields
}
