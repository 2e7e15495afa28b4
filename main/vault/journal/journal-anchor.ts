import { items } from '../keychain/items.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { Cache, Change } from '../ports/cache.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'

/** Milliseconds between a line and the keychain's word of it: the lines of a busy moment cost one write, and no release waits for it. */
const writeDelayMs = 500

export interface JournalHead {
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
  readonly #head: () => JournalHead | null
  readonly #mayWrite: () => boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param mayWrite false while each call may be a prompt */
  constructor(keychain: Keychain, head: () => JournalHead | null, mayWrite: () => boolean) {
    this.#keychain = keychain
    this.#head = head
    this.#mayWrite = mayWrite
  }

  /** A line was committed. */
  scheduleWrite(): void {
    this.#timer ??= setTimeout(() => void this.flush(), writeDelayMs).unref()
  }

  /** Notes the last line now. A keychain that does not take it is asked again with the next line. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const head = this.#lastLine()
    if (head !== null && this.#mayWrite()) await this.#keychain.write(items.journalHead, new Secret(`${head.seq} ${head.hash}`))
  }

  #lastLine(): JournalHead | null {
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

export function headOf(cache: Cache): JournalHead | null {
  return cache.lines({ limit: 1 })[0] ?? null
}

/** A cache that has each new line of the journal noted. */
export function withJournalAnchor(cache: Cache, anchor: JournalAnchor): Cache {
  const commit = (changes: readonly Change[]): void => {
    cache.commit(changes)
    if (changes.some(({ op }) => op === 'note' || op === 'put-line')) anchor.scheduleWrite()
  }
  return new Proxy(cache, {
    get(target, name) {
      if (name === 'commit') return commit
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}
