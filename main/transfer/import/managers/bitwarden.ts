import * as v from 'valibot'
import { Refusal } from '../../../vault/refusal.ts'
import { skip, type Reading, startReading, collectValue, uniqueTitles } from '../found.ts'

/** Bitwarden's numbers for kinds of fields and items. */
const field = { hidden: 1, linked: 3 }
const item = { login: 1, secureNote: 2, sshKey: 5 }

const text = v.nullish(v.string())
/** Not strict, because it is another program's file: fields that Latchkey does not use are ignored. */
const schema = v.object({
  encrypted: v.optional(v.boolean(), false),
  folders: v.optional(v.array(v.object({ id: text, name: text })), []),
  /** An organisation's file has these in place of folders. */
  collections: v.optional(v.array(v.object({ id: text, name: text })), []),
  items: v.array(
    v.object({
      name: text,
      type: v.optional(v.number()),
      notes: text,
      folderId: text,
      collectionIds: v.nullish(v.array(v.string())),
      deletedDate: text,
      archivedDate: text,
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
 * Reads Bitwarden's unencrypted JSON. Values are the password of each login, the text of each secure note, each private key, and each
 * hidden field, which is named by its item and its own name. Skipped are fields that are not hidden, what a login has beside its password
 * (a note, the secret of one-time codes, a passkey, older passwords), items of other kinds, and items without a value.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-encrypted`, `import-invalid`, `stored-limit`
 */
export function readBitwarden(json: string, maxValueBytes?: number): Reading {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.looseObject({ encrypted: v.optional(v.unknown()) })), json)
  if (!parsed.success) throw new Refusal('import-invalid')
  if (parsed.output.encrypted === true) throw new Refusal('import-encrypted')
  const file = v.safeParse(schema, parsed.output)
  if (!file.success) throw new Refusal('import-invalid')
  const reading = startReading(maxValueBytes)
  const { folders, collections, items } = file.output
  const folderNames = new Map([...folders, ...collections].map(({ id, name }) => [id, name]))
  const names = uniqueTitles(
    items.map(({ name, login, folderId, collectionIds }) => ({
      title: name?.trim() || 'entry',
      hints: [login?.username, folderNames.get(folderId ?? collectionIds?.[0]), login?.uris?.[0]?.uri],
    })),
  )
  for (const [at, item] of items.entries()) collectItem(reading, names[at] ?? '', item)
  return reading
}

function collectItem(reading: Reading, called: string, entry: Item): void {
  const { type, notes, deletedDate, archivedDate, login, fields, sshKey, passwordHistory } = entry
  if (typeof deletedDate === 'string') return skip(reading, called, 'deleted')
  if (typeof archivedDate === 'string') return skip(reading, called, 'archived')
  const before = reading.found.length + reading.skipped.length
  if (typeof login?.password === 'string') collectValue(reading, called, login.password)
  if (typeof sshKey?.privateKey === 'string') collectValue(reading, called, sshKey.privateKey)
  if (type === item.secureNote && notes) collectValue(reading, called, notes)
  for (const { name, type: kind, value } of fields ?? []) {
    const named = `${called} ${name ?? ''}`.trim()
    if (kind === field.hidden) collectValue(reading, named, value ?? '')
    else skip(reading, named, kind === field.linked ? 'reference' : 'visible')
  }
  if (type !== item.secureNote && notes) skip(reading, called, 'note')
  if (login?.totp) skip(reading, called, 'one-time-code')
  if (login?.fido2Credentials?.length) skip(reading, called, 'passkey')
  if (passwordHistory?.length) skip(reading, called, 'older')
  if (type !== undefined && !Object.values(item).includes(type)) skip(reading, called, 'other-kind')
  if (reading.found.length + reading.skipped.length === before) skip(reading, called, 'empty')
}
