import * as v from 'valibot'
import { textFrom } from '../../../../shared/text-file.ts'
import { Refusal } from '../../../vault/refusal.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'
import { recordOf } from '../record-schema.ts'
import { hostOf } from './table.ts'
import { unpack } from './zip.ts'

/** 1Password's numbers for kinds of items that are about a person and not about a program: cards, accounts of a bank, documents of identity. */
const personal: ReadonlySet<string> = new Set(['002', '004', '101', '103', '104', '105', '106', '107', '108', '113'])
const secureNote = '003'

const text = v.nullish(v.string())
/** The key says what kind of field it is. */
const fieldValue = v.nullish(recordOf(v.unknown()))
const details = v.object({
  loginFields: v.nullish(v.array(v.object({ value: text, name: text, fieldType: text, designation: text }))),
  password: text,
  notesPlain: text,
  sections: v.nullish(v.array(v.object({ fields: v.nullish(v.array(v.object({ id: text, title: text, value: fieldValue }))) }))),
  passwordHistory: v.nullish(v.array(v.unknown())),
  documentAttributes: v.nullish(v.unknown()),
})
const item = v.object({
  state: text,
  trashed: v.nullish(v.boolean()),
  categoryUuid: text,
  overview: v.nullish(v.object({ title: text, url: text })),
  details: v.nullish(details),
})
/** Not strict, because it is another program's file: what Latchkey does not use is ignored. */
const schema = v.object({
  accounts: v.array(
    v.object({
      attrs: v.nullish(v.object({ accountName: text, email: text })),
      vaults: v.nullish(v.array(v.object({ attrs: v.nullish(v.object({ name: text })), items: v.nullish(v.array(item)) }))),
    }),
  ),
})
type Item = v.InferOutput<typeof item>
type Field = { readonly name: string; readonly kind: string; readonly value: unknown; readonly isMain: boolean }

/**
 * Reads 1Password's 1PUX, a zip archive. Values are the password of each entry, the text of each secure note, private keys, and concealed
 * fields, named by their item and their own name unless they are what the item is for. Skipped are items about a person, such as cards,
 * and what an item has beside its values: visible fields, a note, the secret of one-time codes, attached files, older passwords.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid`, `import-encrypted`, `file-too-large`, `stored-limit`
 */
export async function readOnePassword(archive: Buffer, maxValueBytes?: number): Promise<Reading> {
  const data = await unpack(archive, 'export.data')
  const json = data === null ? null : textFrom(data)
  const file = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json)
  if (!file.success) throw new Refusal('import-invalid')
  const entries = file.output.accounts.flatMap(({ attrs: account, vaults }) =>
    (vaults ?? []).flatMap(({ attrs, items }) =>
      (items ?? []).map((item) => ({ item, vault: attrs?.name, account: account?.email ?? account?.accountName })),
    ),
  )
  const names = uniqueTitles(
    entries.map(({ item: { overview, details }, vault, account }) => ({
      title: overview?.title?.trim() || hostOf(overview?.url ?? undefined) || 'entry',
      hints: [details?.loginFields?.find(({ designation }) => designation === 'username')?.value, vault, account, overview?.url],
    })),
  )
  const reading = startReading(maxValueBytes)
  for (const [at, { item }] of entries.entries()) collectItem(reading, names[at] ?? '', item)
  return reading
}

function collectItem(reading: Reading, called: string, { state, trashed, categoryUuid, details }: Item): void {
  if (trashed === true || state === 'trashed' || state === 'deleted') return skip(reading, called, 'deleted')
  if (state === 'archived') return skip(reading, called, 'archived')
  if (personal.has(categoryUuid ?? '')) return skip(reading, called, 'other-kind')
  const before = reading.found.length + reading.skipped.length
  const visible: string[] = []
  for (const field of fieldsOf(details)) collectField(reading, called, field, visible)
  if (visible.length > 0) skip(reading, `${called} (${visible.join(', ')})`, 'visible') // one line for all: web forms have many fields
  if (categoryUuid === secureNote && details?.notesPlain) collectValue(reading, called, details.notesPlain)
  else if (details?.notesPlain) skip(reading, called, 'note')
  if (details?.documentAttributes) skip(reading, called, 'attachment')
  if (details?.passwordHistory?.length) skip(reading, called, 'older')
  if (reading.found.length + reading.skipped.length === before) skip(reading, called, 'empty')
}

function collectField(reading: Reading, called: string, { name, kind, value, isMain }: Field, visible: string[]): void {
  if (value === null || value === undefined || value === '') return
  const named = isMain ? called : `${called} ${name}`.trim()
  if (kind === 'totp') skip(reading, called, 'one-time-code')
  else if (kind === 'file') skip(reading, named, 'attachment')
  else if (kind === 'reference') skip(reading, named, 'reference')
  else if (kind === 'concealed' || kind === 'sshKey') {
    const secret = kind === 'sshKey' ? privateKeyOf(value) : value
    if (typeof secret === 'string') collectValue(reading, named, secret)
    else skip(reading, named, 'unreadable')
  } else visible.push(name)
}

function* fieldsOf(details: Item['details']): Generator<Field> {
  if (details?.password) yield { name: '', kind: 'concealed', value: details.password, isMain: true }
  for (const { value, name, fieldType, designation } of details?.loginFields ?? []) {
    if (designation === 'username') continue
    const isPassword = designation === 'password'
    yield { name: name ?? '', kind: isPassword || fieldType === 'P' ? 'concealed' : 'form', value, isMain: isPassword }
  }
  for (const { id, title, value } of (details?.sections ?? []).flatMap(({ fields }) => fields ?? [])) {
    const [kind = '', content] = Object.entries(value ?? {})[0] ?? []
    yield { name: title || id || '', kind, value: content, isMain: kind === 'sshKey' || id === 'credential' || id === 'password' }
  }
}

const sshKey = v.object({ privateKey: text, metadata: v.nullish(v.object({ privateKey: text })) })

function privateKeyOf(value: unknown): string | null | undefined {
  const { success, output } = v.safeParse(sshKey, value)
  return success ? (output.metadata?.privateKey ?? output.privateKey) : null
}
