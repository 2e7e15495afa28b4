import * as v from 'valibot'
import { Refusal } from '../vault/refusal.ts'
import { type Reading, sort } from './found.ts'

/** Of a hidden field; a note or a user name is text that was not meant to be kept from sight. */
const hidden = 1

const text = v.nullish(v.string())
/** Another program's file: what Latchkey has no use for may be in it. */
const schema = v.object({
  encrypted: v.optional(v.boolean(), false),
  items: v.array(
    v.object({
      name: text,
      login: v.nullish(v.object({ password: text })),
      fields: v.nullish(v.array(v.object({ name: text, value: text, type: v.optional(v.number()) }))),
      sshKey: v.nullish(v.object({ privateKey: text })),
    }),
  ),
})

/**
 * What Bitwarden writes as JSON without encryption. The password of each login is a value, and so is each hidden field, called by its
 * item and its own name.
 * @throws Refusal `import-encrypted`, `import-invalid`, `stored-limit`
 */
export function readBitwarden(json: string): Reading {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.looseObject({ encrypted: v.optional(v.unknown()) })), json)
  if (!parsed.success) throw new Refusal('import-invalid')
  if (parsed.output.encrypted === true) throw new Refusal('import-encrypted')
  const whole = v.safeParse(schema, parsed.output)
  if (!whole.success) throw new Refusal('import-invalid')
  const reading: Reading = { found: [], passed: [] }
  for (const { name, login, fields, sshKey } of whole.output.items) {
    const called = name?.trim() || 'entry'
    if (typeof login?.password === 'string') sort(reading, called, login.password)
    if (typeof sshKey?.privateKey === 'string') sort(reading, called, sshKey.privateKey)
    for (const field of fields ?? []) {
      if (field.type === hidden) sort(reading, `${called} ${field.name ?? ''}`.trim(), field.value ?? '')
    }
  }
  return reading
}
