import { items, readListItem } from './items.ts'
import { noteGrant } from './grants.ts'
import { note } from './journal.ts'
import { tell } from './news.ts'
import type { Opened } from './opened.ts'
import type { Cache, Change, Keychain } from './ports.ts'
import { Refusal } from './refusal.ts'
import { Secret } from './secret.ts'
import { waitingChange } from './waiting-change.ts'

/** Milliseconds between a line and the keychain's word of it: the lines of a busy moment cost one write, and no release waits for it. */
const delay = 500

interface Head {
  readonly seq: number
  readonly hash: string
}

/**
 * The journal's last line, noted in the keychain, apart from the file that the journal is in: whoever puts an older copy of that file in its
 * place would else remove lines, and bring approvals back that were revoked, with nobody seeing it.
 *
 * The line is noted after it is on disk. So the keychain never has one that the file lacks, whatever ends the process; what was written in
 * the last moment before that may not be noted yet.
 */
export class JournalAnchor {
  readonly #keychain: Keychain
  readonly #head: () => Head | null
  readonly #mayWrite: () => boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param mayWrite false while each call may be a prompt */
  constructor(keychain: Keychain, head: () => Head | null, mayWrite: () => boolean) {
    this.#keychain = keychain
    this.#head = head
    this.#mayWrite = mayWrite
  }

  /** A line was committed. */
  touch(): void {
    this.#timer ??= setTimeout(() => void this.flush(), delay).unref()
  }

  /** Notes the last line now. A keychain that does not take it is asked again with the next line. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const head = this.#lastLine()
    if (head !== null && this.#mayWrite()) await this.#keychain.write(items.journalHead, new Secret(`${head.seq} ${head.hash}`))
  }

  #lastLine(): Head | null {
    try {
      return this.#head()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return null
    }
  }

  /** Before the cache is closed. */
  close(): void {
    if (this.#timer !== undefined) void this.flush()
  }
}

export function headOf(cache: Cache): Head | null {
  return cache.lines({ most: 1 })[0] ?? null
}

/** A cache that has each new line of the journal noted. */
export function anchoring(cache: Cache, anchor: JournalAnchor): Cache {
  const commit = (changes: readonly Change[]): void => {
    cache.commit(changes)
    if (changes.some(({ op }) => op === 'note' || op === 'put-line')) anchor.touch()
  }
  return new Proxy(cache, {
    get(target, name) {
      if (name === 'commit') return commit
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}

/**
 * Looks whether the journal goes on from the line that the keychain has noted. One that does not is an older file, or another: that is told
 * in the journal and to the person, its approvals and paired browsers end, and its waiting changes are not carried out.
 * @throws Refusal `keychain-…` if that cannot be told
 */
export async function checkJournal(opened: Opened): Promise<void> {
  const noted = await readListItem(opened.keychain, items.journalHead)
  if (noted === null) return
  const head = noted === 'unreadable' ? null : parse(noted.expose())
  if (head !== null && isIn(opened.cache, head)) return
  opened.cache.commit([
    ...opened.cache.accounts().flatMap(({ id }) => endings(opened, id)),
    ...opened.cache.pairings().map(({ id }): Change => ({ op: 'drop-pairing', id })),
    ...note(opened, 'older-file', { detail: head === null ? null : String(head.seq) }),
  ])
  // Before anything else is done in this vault: killed first, the next opening would end what was approved and asked for since.
  await opened.anchor?.flush()
}

function endings(opened: Opened, accountId: string): Change[] {
  return [
    ...opened.cache
      .grants(accountId)
      .flatMap((grant): Change[] => [{ op: 'drop-grant', accountId, id: grant.id }, ...noteGrant(opened, 'revoked', grant)]),
    ...opened.cache
      .intents(accountId)
      .flatMap((intent): Change[] => [
        { op: 'drop-intent', accountId, id: intent.id },
        waitingChange(opened, intent, opened.cache.keys(accountId)),
      ]),
    tell(opened, accountId, 'older-file', { id: null, name: '' }),
  ]
}

/** A line that was dropped since, because the journal was at its length, proves nothing either way. */
function isIn(cache: Cache, { seq, hash }: Head): boolean {
  const [last] = cache.lines({ most: 1 })
  if (last === undefined || last.seq < seq) return false
  const [line] = last.seq === seq ? [last] : cache.lines({ most: 1, before: seq + 1 })
  return line === undefined || (line.seq === seq && line.hash === hash)
}

function parse(text: string): Head | null {
  const [, seq, hash] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(text) ?? []
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash }
}
