import { items } from '../keychain/items.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { Cache, Change } from '../ports/cache.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'

/** Milliseconds between a line and its note in the keychain. Lines in quick succession cost one write, and no release waits for it. */
const writeDelayMs = 500

export interface JournalHead {
  readonly seq: number
  readonly hash: string
}

/**
 * Notes the journal's last line in the keychain, apart from the file that holds the journal. Otherwise somebody who replaces that file by
 * an older copy could remove lines, and bring revoked approvals back, unnoticed.
 *
 * A line is noted after it is on disk. So the keychain never names a line that the file lacks, however the process ends. Lines of the last
 * half second before that may not be noted yet.
 */
export class JournalAnchor {
  readonly #keychain: Keychain
  readonly #head: () => JournalHead | null
  readonly #mayWrite: () => boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param mayWrite false while each keychain call could show a prompt */
  constructor(keychain: Keychain, head: () => JournalHead | null, mayWrite: () => boolean) {
    this.#keychain = keychain
    this.#head = head
    this.#mayWrite = mayWrite
  }

  /** Call it after each commit of a line. */
  scheduleWrite(): void {
    this.#timer ??= setTimeout(() => void this.flush(), writeDelayMs).unref()
  }

  /** Notes the last line now. If the keychain does not take it, the next line retries. Never rejects. */
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

  /** Call it before the cache is closed. */
  close(): void {
    if (this.#timer !== undefined) void this.flush()
  }
}

export function headOf(cache: Cache): JournalHead | null {
  return cache.lines({ limit: 1 })[0] ?? null
}

/** Wraps a cache so that each new journal line is noted in the keychain. */
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
