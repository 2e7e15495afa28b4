import * as v from 'valibot'
import { Refusal } from '../../vault/refusal.ts'
import { pass, type Reading, readingOf, sort, titlesOf } from './found.ts'

/** What a field and an item are, as Bitwarden numbers them. */
const field = { hidden: 1, linked: 3 }
const item = { login: 1, secureNote: 2, sshKey: 5 }

const text = v.nullish(v.string())
/** Another program's file: what Latchkey has no use for may be in it. */
const schema = v.object({
  encrypted: v.optional(v.boolean(), false),
  folders: v.optional(v.array(v.object({ id: text, name: text })), []),
  items: v.array(
    v.object({
      name: text,
      type: v.optional(v.number()),
      notes: text,
      folderId: text,
      deletedDate: text,
      login: v.nullish(
        v.object({
          username: text,
          password: text,
          totp: text,
          uris: v.nullish(v.array(v.object({ uri: text }))),
          fido2Credentials: v.nullish(v.array(v.unknown())),
        }),
      ),
      passwordHistory: v.nullish(v.array(v.unknown())),
      fields: v.nullish(v.array(v.object({ name: text, value: text, type: v.optional(v.number()) }))),
      sshKey: v.nullish(v.object({ privateKey: text })),
    }),
  ),
})
type Item = v.InferOutput<typeof schema>['items'][number]

/**
 * What Bitwarden writes as JSON without encryption. Values are the password of each login, the text of each secure note, each private key,
 * and each hidden field, called by its item and its own name. Told as skipped are a field that is not hidden, what a login has beside its
 * password (a note, a one-time code's secret, a passkey, older passwords), an item of another kind, and one without a value.
 * @param longest bytes of a value that are taken
 * @throws Refusal `import-encrypted`, `import-invalid`, `stored-limit`
 */
export function readBitwarden(json: string, longest?: number): Reading {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.looseObject({ encrypted: v.optional(v.unknown()) })), json)
  if (!parsed.success) throw new Refusal('import-invalid')
  if (parsed.output.encrypted === true) throw new Refusal('import-encrypted')
  const whole = v.safeParse(schema, parsed.output)
  if (!whole.success) throw new Refusal('import-invalid')
  const reading = readingOf(longest)
  const { folders, items } = whole.output
  const folderNames = new Map(folders.map(({ id, name }) => [id, name]))
  const names = titlesOf(
    items.map(({ name, login, folderId }) => ({
      title: name?.trim() || 'entry',
      hints: [login?.username, folderNames.get(folderId), login?.uris?.[0]?.uri],
    })),
  )
  for (const [at, item] of items.entries()) sortItem(reading, names[at] ?? '', item)
  return reading
}

function sortItem(reading: Reading, called: string, entry: Item): void {
  const { type, notes, deletedDate, login, fields, sshKey, passwordHistory } = entry
  if (typeof deletedDate === 'string') return pass(reading, called, 'deleted')
  const before = reading.found.length + reading.passed.length
  if (typeof login?.password === 'string') sort(reading, called, login.password)
  if (typeof sshKey?.privateKey === 'string') sort(reading, called, sshKey.privateKey)
  if (type === item.secureNote && notes) sort(reading, called, notes)
  for (const { name, type: kind, value } of fields ?? []) {
    const named = `${called} ${name ?? ''}`.trim()
    if (kind === field.hidden) sort(reading, named, value ?? '')
    else pass(reading, named, kind === field.linked ? 'reference' : 'visible')
  }
  if (type !== item.secureNote && notes) pass(reading, called, 'note')
  if (login?.totp) pass(reading, called, 'one-time-code')
  if (login?.fido2Credentials?.length) pass(reading, called, 'passkey')
  if (passwordHistory?.length) pass(reading, called, 'older')
  if (type !== undefined && !Object.values(item).includes(type)) pass(reading, called, 'other-kind')
  if (reading.found.length + reading.passed.length === before) pass(reading, called, 'empty')
}
