import type { Secret } from '../../../vault/secret.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'
import { openContainer } from './container.ts'
import { entriesOf, type Entry } from './database-xml.ts'

/** A reference to a field of another entry. */
export const reference = /\{REF:[TUPANIO]@[TUPANIO]:[^}]*\}/i

const plain: ReadonlySet<string> = new Set(['Title', 'UserName', 'URL', 'Password', 'Notes'])
/** Fields of KeePassXC, of KeePass, and of its plug-ins. */
const oneTimeCode = /^(?:otp|TOTP (?:Seed|Settings)|(?:TimeOtp|HmacOtp)-.*)$/i
const passkey = /^KPEX_PASSKEY_/

/**
 * Reads a KDBX 4 database, as KeePassXC and KeePass write it. Values are the password of each entry, and each protected field, which is
 * named by its entry and its own name. Skipped are entries in the recycle bin, references to other entries, fields that are not protected,
 * and what an entry has beside its values: a note, the secret of one-time codes, a passkey, attached files, older passwords. The date on
 * which an entry expires is not looked at.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `passphrase-wrong`, `import-invalid`, `import-unsupported`, `stored-limit`
 */
export async function readKeePass(file: Buffer, passphrase: Secret, maxValueBytes?: number): Promise<Reading> {
  const opened = await openContainer(file, passphrase)
  const entries = await entriesOf(opened)
  opened.xml.fill(0)
  const names = uniqueTitles(
    entries.map((entry) => {
      const [title, user] = [textOf(entry, 'Title').trim(), textOf(entry, 'UserName')]
      return { title: title || user || 'entry', hints: [title === '' ? null : user, entry.group.join('/')] }
    }),
  )
  const reading = startReading(maxValueBytes)
  for (const [at, entry] of entries.entries()) collectEntry(reading, names[at] ?? '', entry)
  return reading
}

function collectEntry(reading: Reading, called: string, entry: Entry): void {
  if (entry.isDeleted) return skip(reading, called, 'deleted')
  const before = reading.found.length + reading.skipped.length
  const password = textOf(entry, 'Password')
  if (password !== '') collectText(reading, called, password)
  const others = [...entry.strings].filter(([name, { text }]) => !plain.has(name) && text !== '')
  const fields = others.filter(([name]) => !oneTimeCode.test(name) && !passkey.test(name))
  for (const [name, { text, isProtected }] of fields) {
    if (isProtected) collectText(reading, `${called} ${name}`, text)
    else skip(reading, `${called} ${name}`, 'visible')
  }
  if (textOf(entry, 'Notes') !== '') skip(reading, called, 'note')
  if (others.some(([name]) => oneTimeCode.test(name))) skip(reading, called, 'one-time-code')
  if (others.some(([name]) => passkey.test(name))) skip(reading, called, 'passkey')
  if (entry.attachments > 0) skip(reading, called, 'attachment')
  if (entry.history.some((older) => !['', password].includes(textOf(older, 'Password')))) skip(reading, called, 'older')
  if (reading.found.length + reading.skipped.length === before) skip(reading, called, 'empty')
}

function collectText(reading: Reading, called: string, text: string): void {
  if (reference.test(text)) skip(reading, called, 'reference')
  else collectValue(reading, called, text)
}

function textOf(entry: Entry, name: string): string {
  return entry.strings.get(name)?.text ?? ''
}
