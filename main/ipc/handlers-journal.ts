import type { JournalPage } from '../../preload/contract.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import { journalFingerprint } from '../vault/journal/journal-export.ts'
import type { Line } from '../vault/journal/journal-line.ts'
import type { KeyRef } from '../vault/model/key.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { toRequesterSummary } from './handlers-outlets.ts'
import type { Handlers, AppServices } from './app-services.ts'

const linesPerPage = 100

type JournalCall = Extract<keyof Handlers, `journal.${string}`>

/** The calls about the vault's record of what was done. */
export function journalHandlers({ vault, journal }: AppServices): Pick<Handlers, JournalCall> {
  return {
    'journal.list': ({ before, key }) => pageOf(vault.opened, before, key),
    'journal.export': () => journal.save(vault.opened),
  }
}

function pageOf(unlocked: UnlockedVault, before: number | null, key: KeyRef | null): JournalPage {
  const wanted = { ...(before !== null && { before }), ...(key !== null && { key }) }
  const lines = unlocked.cache.lines({ limit: linesPerPage + 1, ...wanted })
  const accounts = unlocked.cache.accounts()
  const labels = new Map(accounts.map((account) => [account.id, labelIn(unlocked, account)]))
  const keys = accounts.flatMap(({ id: accountId }) =>
    unlocked.cache.keys(accountId).map(({ id: keyId, name }) => ({ accountId, keyId, name, account: labels.get(accountId) ?? accountId })),
  )
  return {
    lines: lines.slice(0, linesPerPage).map((line) => lineOf(line, labels)),
    more: lines.length > linesPerPage,
    keys: keys.sort((one, other) => one.name.localeCompare(other.name)),
    fingerprint: journalFingerprint(unlocked),
  }
}

function lineOf(
  { seq, at, event, accountId, name, purpose, requester, detail }: Line,
  labels: ReadonlyMap<string, string>,
): JournalPage['lines'][number] {
  const account = accountId === null ? null : (labels.get(accountId) ?? null)
  return { seq, at, event, name, account, purpose, requester: requester && toRequesterSummary(requester), detail }
}
