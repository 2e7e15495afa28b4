import { items, readListItem, removeItem, writeItem } from '../keychain/items.ts'
import { journalLength, readJournal } from './journal.ts'
import { journalEvents } from '../../../shared/lists/journal-events.ts'
import type { Entry } from './journal-line.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { purposes } from '../../../shared/lists/purposes.ts'
import { readable } from '../model/readable.ts'
import { Secret } from '../secret.ts'

/** Maximum size of one item, in bytes. Windows takes 2560, of which 1892 remain once the item is sealed under a passphrase. */
const maxItemBytes = 1800
/** Maximum length of a name, path or address, in characters, so that one line always fits into an item. */
const maxTextLength = 100
const queueName = 'pending-lines'

/**
 * Stores journal lines in the keychain while the vault is read-only: its own journal is in a file that cannot be opened, and the temporary
 * one ends with the process.
 * @throws Refusal `keychain-…`; the values that the lines record must not be released then
 */
export function storePendingLines(vault: UnlockedVault, entries: readonly Entry[]): Promise<void> {
  return vault.queues.runExclusive(queueName, async () => {
    let next = (await pendingItems(vault)).length
    for (const text of pack(entries)) {
      await writeItem(vault.keychain, items.pendingLines(next), new Secret(text))
      next += 1
    }
  })
}

/** The journal entries among these changes. */
export function journalEntriesIn(changes: readonly Change[]): Entry[] {
  return changes.flatMap((change) => (change.op === 'note' ? [change.entry] : []))
}

/**
 * Moves stored lines into the journal of a vault that is writable again. An interruption between journal and keychain leaves lines in both,
 * so lines that the journal already has are not written twice.
 * @throws Refusal `keychain-…`, `disk-full`; the lines are then still in the keychain
 */
export function flushPendingLines(vault: UnlockedVault): Promise<void> {
  return vault.queues.runExclusive(queueName, async () => {
    const pending = await pendingItems(vault)
    if (pending.length === 0) return
    const entries = pending.flatMap(({ text }) => parseEntries(text))
    const written = new Set((await readJournal(vault.cache)).map(textOf))
    const fresh = entries.filter((entry) => !written.has(textOf(entry)))
    vault.cache.commit([...fresh.map((entry): Change => ({ op: 'note', entry })), { op: 'trim-journal', limit: journalLength }])
    // Removed from last to first: after an interruption the remaining items are still found.
    for (const { item } of pending.reverse()) await removeItem(vault.keychain, item)
  })
}

async function pendingItems({ keychain }: UnlockedVault): Promise<{ item: string; text: string }[]> {
  const stored: { item: string; text: string }[] = []
  for (;;) {
    const item = items.pendingLines(stored.length)
    const text = await readListItem(keychain, item)
    if (text === null) return stored
    stored.push({ item, text: text === 'unreadable' ? '' : text.expose() })
  }
}

function pack(entries: readonly Entry[]): string[] {
  const texts: string[] = []
  for (const entry of entries) {
    const text = JSON.stringify(truncateEntry(entry))
    const last = texts.at(-1)
    if (last !== undefined && Buffer.byteLength(last) + Buffer.byteLength(text) < maxItemBytes) texts[texts.length - 1] = `${last}\n${text}`
    else texts.push(text)
  }
  return texts
}

function truncateEntry(entry: Entry): Entry {
  const { requester, name, detail } = entry
  return {
    ...entry,
    name: name && readable(name, maxTextLength),
    detail: detail && readable(detail, maxTextLength),
    requester: requester && (truncateFields(requester) as Entry['requester']),
  }
}

function truncateFields(requester: object): object {
  return Object.fromEntries(Object.entries(requester).map(([field, value]: [string, unknown]) => [field, truncateValue(value)]))
}

function truncateValue(value: unknown): unknown {
  if (typeof value === 'string') return readable(value, maxTextLength)
  return typeof value === 'object' && value !== null ? truncateFields(value) : value
}

/** Damaged lines are skipped: one must not keep the others out of the journal. */
function parseEntries(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry: unknown = JSON.parse(line)
      return isEntry(entry) ? [entryOf(entry)] : []
    } catch {
      return []
    }
  })
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null) return false
  const { at, event, requester, ...texts } = entry as Record<string, unknown>
  if (!isTimeOrCount(at) || !journalEvents.some((known) => known === event)) return false
  if (!['accountId', 'keyId', 'name', 'purpose', 'detail'].every((field) => isText(texts[field]))) return false
  if (texts['purpose'] !== null && !purposes.some((known) => known === texts['purpose'])) return false
  return requester === null || isRequester(requester)
}

function isRequester(requester: unknown): boolean {
  if (typeof requester !== 'object' || requester === null) return false
  const { kind, ...fields } = requester as Record<string, unknown>
  const required = typeof kind === 'string' && Object.hasOwn(requesterFields, kind) ? requesterFields[kind] : undefined
  return required !== undefined && required.every((field) => typeof fields[field] === 'string') && Object.values(fields).every(isPlainValue)
}

const requesterFields: Readonly<Record<string, readonly string[]>> = {
  person: [],
  window: ['program', 'title'],
  site: ['origin', 'browser', 'pairing'],
  program: ['program', 'folder', 'session'],
}

/** Text, a number, or an object of these (what was seen of a process). */
function isPlainValue(value: unknown): boolean {
  return (
    isText(value) ||
    isTimeOrCount(value) ||
    (typeof value === 'object' && value !== null && Object.values(value).every((part) => isText(part) || isTimeOrCount(part)))
  )
}

function isTimeOrCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= maxTime
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string'
}

/** The end of the year 9999, the last that an ISO 8601 date with four digits can express. */
const maxTime = Date.UTC(10_000, 0) - 1

function entryOf({ at, event, accountId, keyId, name, purpose, requester, detail }: Entry): Entry {
  return { at, event, accountId, keyId, name, purpose, requester, detail }
}

function textOf(entry: Entry): string {
  return JSON.stringify(entryOf(entry))
}
