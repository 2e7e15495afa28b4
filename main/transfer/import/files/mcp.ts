import * as v from 'valibot'
import { Refusal } from '../../../vault/refusal.ts'
import { recordOf } from '../record-schema.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'

const values = v.nullish(recordOf(v.unknown()))
const server = v.object({ env: values, headers: values, args: v.nullish(v.array(v.unknown())), url: v.nullish(v.string()) })
const servers = v.nullish(recordOf(server))
/** Not strict, because it is another program's file. Some agents call the list `servers`. */
const schema = v.object({ mcpServers: servers, servers })

/** Headers that say what is sent, and not by whom. */
const plainHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'user-agent'])
/** `${NAME}`, also with a default, or a source such as `${env:NAME}`. */
const variable = /\$\{[^}]*\}/

/**
 * Reads the list of MCP servers that agents keep: each server's environment variables and headers. Skipped are variables of the agent
 * itself, headers such as `Accept`, and arguments and addresses, in which a key cannot be told from other text.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid`, `stored-limit`
 */
export function readMcp(json: string, maxValueBytes?: number): Reading {
  const file = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json)
  const lists = file.success
    ? [file.output.mcpServers, file.output.servers].filter((list) => typeof list === 'object' && list !== null)
    : []
  if (lists.length === 0) throw new Refusal('import-invalid')
  const reading = startReading(maxValueBytes)
  const entries = lists.flatMap((list) =>
    Object.entries(list).flatMap(([server, { env, headers }]) => [
      ...Object.entries(env ?? {}).map(([name, value]) => ({ server, name, value, header: false })),
      ...Object.entries(headers ?? {}).map(([name, value]) => ({ server, name, value, header: true })),
    ]),
  )
  const names = uniqueTitles(entries.map(({ server, name, header }) => ({ title: header ? `${server} ${name}` : name, hints: [server] })))
  for (const [at, { name, value, header }] of entries.entries()) {
    const called = names[at] ?? ''
    if (typeof value !== 'string' || (header && plainHeaders.has(name.toLowerCase()))) skip(reading, called, 'setting')
    else if (variable.test(value)) skip(reading, called, 'variable')
    else collectValue(reading, called, header ? value.replace(/^(?:Bearer|token) +/i, '') : value)
  }
  for (const [server, { args, url }] of lists.flatMap((list) => Object.entries(list))) {
    if (args?.length) skip(reading, `${server} args`, 'setting')
    if (url) skip(reading, `${server} url`, 'setting')
  }
  return reading
}
