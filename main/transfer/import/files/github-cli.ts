import * as v from 'valibot'
import { Refusal } from '../../../vault/refusal.ts'
import { recordOf } from '../record-schema.ts'
import { collectValue, type Reading, skip, startReading } from '../found.ts'
import { readYaml } from './yaml.ts'

/** An entry without a value is an empty text. */
const absent = v.literal('')
const text = v.optional(v.string(), '')
/** Not strict, because it is another program's file: settings that Latchkey does not use are ignored. */
const schema = recordOf(
  v.object({
    user: text,
    oauth_token: text,
    users: v.optional(v.union([absent, recordOf(v.union([absent, v.object({ oauth_token: text })]))]), ''),
  }),
)

/**
 * Reads the hosts file of GitHub's command line: the token of each user at each host. Where that program keeps its tokens in the keychain,
 * the file has none.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid`, `stored-limit`
 */
export function readGithubCli(yaml: string, maxValueBytes?: number): Reading {
  const file = v.safeParse(schema, readYaml(yaml))
  const hosts = file.success ? Object.entries(file.output).filter(([, { user, oauth_token, users }]) => user || oauth_token || users) : []
  if (hosts.length === 0) throw new Refusal('import-invalid')
  const reading = startReading(maxValueBytes)
  for (const [host, { user, oauth_token: current, users }] of hosts) {
    const tokens = new Map(Object.entries(users || {}).map(([name, one]) => [name, one === '' ? '' : one.oauth_token]))
    // The token in use stands beside the list too; in older versions there is no list.
    if (tokens.size === 0 || (current !== '' && ![...tokens.values()].includes(current))) tokens.set(user, current)
    for (const [name, token] of tokens) {
      const called = `${host} ${name}`.trim()
      if (token === '') skip(reading, called, 'elsewhere')
      else collectValue(reading, called, token)
    }
  }
  return reading
}
