import type { Server } from '../model/account.ts'
import type { JournalEvent } from '../../../shared/lists/journal-events.ts'
import { type Entry, type Line, releaseEntry } from './journal-line.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Cache, Change } from '../ports/cache.ts'
import type { Requester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import type { Release } from '../model/release-record.ts'
import { readable } from '../model/readable.ts'
import { serverText } from '../model/server.ts'
import { TimeSlice } from '../session/time-slice.ts'

/**
 * Maximum number of lines. The oldest lines are dropped first; the chain of the remaining ones still proves that none of them is missing.
 */
export const journalLength = 20_000

/** The key that an entry is about. */
export interface JournaledKey {
  readonly accountId: string
  readonly id: string
  readonly name: string
}

/** The changes that append one line to the journal and trim it. Commit them together with the change that they record. */
export function journalEntry(
  vault: Pick<UnlockedVault, 'clock'>,
  event: JournalEvent,
  { key, ...also }: Partial<Pick<Entry, 'accountId' | 'purpose' | 'requester' | 'detail'>> & { key?: JournaledKey } = {},
): Change[] {
  const about = { accountId: key?.accountId ?? null, keyId: key?.id ?? null, name: key?.name ?? null }
  const entry: Entry = { at: vault.clock(), event, purpose: null, requester: null, detail: null, ...about, ...also }
  return [
    { op: 'note', entry },
    { op: 'trim-journal', limit: journalLength },
  ]
}

/** The changes that journal released values. @param to the server that they are sent to */
export function journalReleases(
  vault: UnlockedVault,
  keys: readonly JournaledKey[],
  { purpose, requester, to }: { readonly purpose: Purpose; readonly requester: Requester; readonly to: Server | null },
): Change[] {
  const at = vault.clock()
  const uses = keys.map(({ accountId, id: keyId, name }): Change => {
    const use = { accountId, keyId, purpose, requester: boundedRequester(requester), at }
    return { op: 'note', entry: releaseEntry(use, name, to && serverText(to)) }
  })
  return [...uses, { op: 'trim-journal', limit: journalLength }]
}

/** Truncates what a window says of itself, which can be anything of any length. */
function boundedRequester(requester: Requester): Requester {
  if (requester.kind !== 'window') return requester
  return { ...requester, program: readable(requester.program, 1024), title: readable(requester.title, 256) }
}

/** The last uses of a key, newest first. Verifying a key does not count as a use. */
export function lastReleasesOf(vault: UnlockedVault, accountId: string, keyId: string, limit: number): Release[] {
  return vault.cache.lastReleases(accountId, keyId, limit)
}

/** Lines that are read at once; some milliseconds. */
const batchSize = 500

/** The lines from newest to oldest, read lazily. */
export function* linesNewestFirst(cache: Pick<Cache, 'lines'>): Generator<Line, void> {
  let before = Infinity
  for (;;) {
    const piece = cache.lines({ limit: batchSize, ...(before < Infinity && { before }) })
    yield* piece
    const last = piece.at(-1)
    if (last === undefined || piece.length < batchSize) return
    before = last.seq
  }
}

/**
 * Reads the whole journal, oldest first. The event loop runs other work in between, and lines that are written meanwhile are left out.
 * @throws Refusal `locked` if the vault was locked meanwhile
 */
export async function readJournal(cache: Pick<Cache, 'lines'>): Promise<Line[]> {
  const slice = new TimeSlice()
  const lines: Line[] = []
  for (const line of linesNewestFirst(cache)) {
    lines.push(line)
    if (slice.isOver) await slice.next()
  }
  return lines.reverse()
}
