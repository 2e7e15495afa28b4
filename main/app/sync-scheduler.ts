import { managesKeys, type Account } from '../vault/model/account.ts'
import { needsNetwork } from '../vault/sync/connection.ts'
import { refreshKeys } from '../vault/keys/list-keys.ts'
import { recordTrouble } from '../vault/session/server-requests.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import type { Vault } from '../vault/session/vault.ts'

/** In milliseconds. */
const every = 5 * 60_000
const firstRetry = 5_000
const staleOnFocus = 60_000

export interface Surroundings {
  readonly vault: Vault
  readonly online: () => boolean
  /** Milliseconds that only go forward: a clock that is set must neither hold up a sync nor start many. */
  readonly elapsed: () => number
  /** From 0 up to 1. A server that comes back must not be asked by all of its users at once. */
  readonly random: () => number
  /** A fault of ours. */
  readonly report: (error: unknown) => void
}

interface Plan {
  at: number
  failures: number
  /** When it last began. */
  ran: number
}

/**
 * When each account's list is asked for without anybody asking: as soon as the network is back, on focus if it is older than a
 * minute, every five minutes, and after failures at growing intervals. `tick` it every few seconds.
 */
export class SyncScheduler {
  readonly #surroundings: Surroundings
  readonly #plans = new Map<string, Plan>()
  readonly #running = new Set<string>()
  #opened: UnlockedVault | null = null
  #wasOnline: boolean

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    this.#wasOnline = surroundings.online()
  }

  tick(): void {
    const opened = this.#current()
    if (opened === null) return
    const accounts = opened.cache.accounts().filter((account) => account.signedIn && managesKeys(account))
    this.#noticeNetwork(opened, accounts)
    const now = this.#surroundings.elapsed()
    for (const account of accounts) {
      if (needsNetwork(account) && !this.#wasOnline) continue
      this.#noticeFailure(opened, account.id)
      if (now >= this.#planOf(account.id).at || isBack(opened, account)) this.#run(opened, account.id)
    }
  }

  /** The window has come to the front: what it shows should not be old. */
  focused(): void {
    const opened = this.#current()
    if (opened === null) return
    for (const { id, syncedAt, trouble } of opened.cache.accounts()) {
      const plan = this.#planOf(id)
      // A prompt that is dismissed gives the focus back: a sync that failed at it must not bring the next one up at once.
      if (this.#surroundings.elapsed() - plan.ran < staleOnFocus) continue
      const age = opened.clock() - (opened.syncedAt.get(id) ?? syncedAt ?? 0)
      if (trouble !== null || age < 0 || age > staleOnFocus) plan.at = 0
    }
    this.tick()
  }

  /** A change waits that may be possible at once. */
  soon(accountId: string): void {
    if (this.#current() === null) return
    this.#planOf(accountId).at = 0
    this.tick()
  }

  /** What was planned belongs to the vault as it was opened: its own opening syncs already. */
  #current(): UnlockedVault | null {
    const { vault } = this.#surroundings
    const opened = vault.closed === null ? vault.opened : null
    if (opened !== this.#opened) this.#plans.clear()
    this.#opened = opened
    return opened
  }

  #noticeNetwork(opened: UnlockedVault, accounts: readonly Account[]): void {
    const online = this.#surroundings.online()
    if (online === this.#wasOnline) return
    this.#wasOnline = online
    for (const account of accounts.filter(needsNetwork)) {
      if (online) this.#planOf(account.id).at = 0
      else recordTrouble(opened, account.id, 'server-unreachable') // since when
    }
    opened.announce('keys')
  }

  /** Of what somebody asked for: the first failure of a row is followed up as one of the schedule's own is. */
  #noticeFailure(opened: UnlockedVault, accountId: string): void {
    const plan = this.#planOf(accountId)
    if (plan.failures > 0 || opened.contact.get(accountId) !== 'failed') return
    plan.failures = 1
    plan.at = Math.min(plan.at, this.#surroundings.elapsed() + firstRetry)
  }

  #planOf(accountId: string): Plan {
    const plan = this.#plans.get(accountId) ?? { at: this.#surroundings.elapsed() + every, failures: 0, ran: -Infinity }
    this.#plans.set(accountId, plan)
    return plan
  }

  #run(opened: UnlockedVault, accountId: string): void {
    if (this.#running.has(accountId)) return
    this.#running.add(accountId)
    this.#planOf(accountId).ran = this.#surroundings.elapsed()
    refreshKeys(opened, accountId)
      .catch((error: unknown) => {
        if (this.#current() === opened) this.#surroundings.report(error) // else it was locked meanwhile
      })
      .finally(() => {
        this.#running.delete(accountId)
        if (this.#opened === opened) this.#planNext(opened, accountId)
      })
  }

  #planNext(opened: UnlockedVault, accountId: string): void {
    const plan = this.#planOf(accountId)
    plan.failures = opened.contact.get(accountId) === 'failed' ? plan.failures + 1 : 0
    const wait = plan.failures === 0 ? every : Math.min(every, firstRetry * 2 ** (plan.failures - 1))
    plan.at = this.#surroundings.elapsed() + wait * (0.8 + 0.4 * this.#surroundings.random())
  }
}

/** Something else got through to a server that could not be reached. */
function isBack(opened: UnlockedVault, { id, trouble }: Account): boolean {
  return trouble?.code.startsWith('server-') === true && opened.contact.get(id) === 'reached'
}
