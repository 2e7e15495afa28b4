import * as v from 'valibot'
import { Refusal } from '../../../vault/refusal.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'

const text = v.nullish(v.string())
const field = v.object({ value: v.nullish(v.union([v.string(), v.boolean(), v.number()])), fieldType: text, label: text })
type Field = v.InferOutput<typeof field>

const credential = v.variant('type', [
  v.object({ type: v.literal('api-key'), key: v.nullish(field) }),
  v.object({ type: v.literal('basic-auth'), username: v.nullish(field), password: v.nullish(field) }),
  v.object({ type: v.literal('generated-password'), password: v.string() }),
  v.object({ type: v.literal('wifi'), passphrase: v.nullish(field) }),
  v.object({ type: v.literal('ssh-key'), privateKey: v.string() }),
  v.object({ type: v.literal('note'), content: v.nullish(field) }),
  v.object({ type: v.literal('custom-fields'), fields: v.array(field) }),
  v.object({ type: v.picklist(['totp', 'passkey', 'file', 'item-reference']) }),
])
type Credential = v.InferOutput<typeof credential>

/** Not strict: the format lets programs add what others do not know. */
const schema = v.object({
  version: v.object({ major: v.number() }),
  accounts: v.array(
    v.object({
      username: text,
      email: text,
      items: v.array(
        v.object({
          title: text,
          scope: v.nullish(v.object({ urls: v.nullish(v.array(v.string())) })),
          /** Other kinds are skipped, and a known kind of another shape makes the file invalid. */
          credentials: v.array(
            v.union([
              credential,
              v.pipe(
                v.object({ type: v.string() }),
                v.check(({ type }) => !kinds.has(type)),
                v.transform(() => null),
              ),
            ]),
          ),
        }),
      ),
    }),
  ),
})

const kinds: ReadonlySet<string> = new Set(
  credential.options.flatMap(({ entries: { type } }) => ('literal' in type ? [type.literal] : type.options)),
)
/** The version of the format that is read. Later minor versions only add to it. */
const majorVersion = 1

/**
 * Reads FIDO's Credential Exchange Format, unencrypted. Values are API keys, passwords, private keys (as PEM), the text of items that are
 * nothing but a note, and concealed fields, which are named by their item and their own name. Skipped are cards and documents of a person,
 * and what an item has beside its values: visible fields, a note, the secret of one-time codes, a passkey, attached files.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid`, `import-unsupported` for another major version, `stored-limit`
 */
export function readCxf(json: string, maxValueBytes?: number): Reading {
  const file = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json)
  if (!file.success) throw new Refusal('import-invalid')
  if (file.output.version.major !== majorVersion) throw new Refusal('import-unsupported')
  const items = file.output.accounts.flatMap(({ items, email, username }) => items.map((item) => ({ ...item, account: email || username })))
  const names = uniqueTitles(
    items.map(({ title, scope, credentials, account }) => ({
      title: title?.trim() || 'entry',
      hints: [userOf(credentials), account, scope?.urls?.[0]],
    })),
  )
  const reading = startReading(maxValueBytes)
  for (const [at, { credentials }] of items.entries()) collectItem(reading, names[at] ?? '', credentials)
  return reading
}

function collectItem(reading: Reading, called: string, credentials: readonly (Credential | null)[]): void {
  const before = reading.found.length + reading.skipped.length
  const isNote = credentials.every((one) => one?.type === 'note')
  const mains = credentials.filter((one) => valueOf(one) !== null)
  for (const one of credentials) {
    const value = valueOf(one)
    if (value !== null) collectValue(reading, mains.length > 1 ? `${called} ${one?.type ?? ''}` : called, value)
    else if (one === null) skip(reading, called, 'other-kind')
    else if (one.type === 'note' && isNote) collectValue(reading, called, textOf(one.content))
    else if (one.type === 'note' && textOf(one.content) !== '') skip(reading, called, 'note')
    else if (one.type === 'custom-fields') collectFields(reading, called, one.fields)
    else if (one.type === 'totp') skip(reading, called, 'one-time-code')
    else if (one.type === 'passkey') skip(reading, called, 'passkey')
    else if (one.type === 'file') skip(reading, called, 'attachment')
    else if (one.type === 'item-reference') skip(reading, called, 'reference')
  }
  if (reading.found.length + reading.skipped.length === before) skip(reading, called, 'empty')
}

function collectFields(reading: Reading, called: string, fields: readonly Field[]): void {
  const filled = fields.filter((one) => textOf(one) !== '')
  for (const one of filled) {
    const named = `${called} ${one.label ?? ''}`.trim()
    if (one.fieldType === 'concealed-string') collectValue(reading, named, textOf(one))
    else skip(reading, named, 'visible')
  }
}

/** @returns what the credential is for; null if it has none */
function valueOf(one: Credential | null): string | null {
  switch (one?.type) {
    case 'api-key':
      return textOf(one.key) || null
    case 'basic-auth':
      return textOf(one.password) || null
    case 'wifi':
      return textOf(one.passphrase) || null
    case 'generated-password':
      return one.password || null
    case 'ssh-key':
      return pemOf(one.privateKey)
    default:
      return null
  }
}

function userOf(credentials: readonly (Credential | null)[]): string | undefined {
  return credentials.flatMap((one) => (one?.type === 'basic-auth' ? textOf(one.username) : [])).find((user) => user !== '')
}

function textOf(field: Field | null | undefined): string {
  return typeof field?.value === 'string' ? field.value : ''
}

/** @param key PKCS #8 in Base64url. @returns the key as PEM; null for an empty text */
function pemOf(key: string): string | null {
  const lines = Buffer.from(key, 'base64url')
    .toString('base64')
    .match(/.{1,64}/g)
  return lines === null ? null : ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}
