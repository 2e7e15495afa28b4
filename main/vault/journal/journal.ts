import type { Server } from '../model/account.ts'
import { type Entry, type JournalEvent, type Line, releaseEntry } from './journal-line.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Cache, Change } from '../ports/cache.ts'
import type { Purpose, Requester } from '../model/requester.ts'
import type { Release } from '../model/release-record.ts'
import { readable } from '../model/readable.ts'
import { serverText } from '../model/server.ts'
import { TimeSlice } from '../session/time-slice.ts'

/** Lines that are kept. The beginning goes first, and what is left still proves that nothing of it is missing. */
export const journalLength = 20_000

/** A key as an entry tells of it. */
export interface JournaledKey {
  readonly accountId: string
  readonly id: string
  readonly name: string
}

/** The changes that write one line and keep the journal to its length; to be committed with what they tell of. */
export function journalEntry(
  opened: Pick<UnlockedVault, 'clock'>,
  event: JournalEvent,
  { key, ...also }: Partial<Pick<Entry, 'accountId' | 'purpose' | 'requester' | 'detail'>> & { key?: JournaledKey } = {},
): Change[] {
  const about = { accountId: key?.accountId ?? null, keyId: key?.id ?? null, name: key?.name ?? null }
  const entry: Entry = { at: opened.clock(), event, purpose: null, requester: null, detail: null, ...about, ...also }
  return [
    { op: 'note', entry },
    { op: 'trim-journal', limit: journalLength },
  ]
}

/** The changes that write down that values leave. @param to the server that they go to */
export function journalReleases(
  opened: UnlockedVault,
  keys: readonly JournaledKey[],
  { purpose, requester, to }: { readonly purpose: Purpose; readonly requester: Requester; readonly to: Server | null },
): Change[] {
  const at = opened.clock()
  const uses = keys.map(({ accountId, id: keyId, name }): Change => {
    const use = { accountId, keyId, purpose, requester: boundedRequester(requester), at }
    return { op: 'note', entry: releaseEntry(use, name, to && serverText(to)) }
  })
  return [...uses, { op: 'trim-journal', limit: journalLength }]
}

/** A window says of itself what it likes, at any length. */
function boundedRequester(requester: Requester): Requester {
  if (requester.kind !== 'window') return requester
  return { ...requester, program: readable(requester.program, 1024), title: readable(requester.title, 256) }
}

/** What a key was last used for, newest first. Proving it is no use of it. */
export function lastReleasesOf(opened: UnlockedVault, accountId: string, keyId: string, limit: number): Release[] {
  return opened.cache.lastReleases(accountId, keyId, limit)
}

/** Lines read at one go: some milliseconds. */
const batchSize = 500

/** The lines from the newest to the oldest. They are read as far as the caller goes. */
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
 * The whole journal as it is now, oldest first. Other work has its turn while it is read: lines that are written meanwhile are not in it.
 * @throws Refusal `locked` if the vault was meanwhile
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
