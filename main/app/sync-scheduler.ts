import { managesKeys, type Account } from '../vault/model/account.ts'
import { needsNetwork } from '../vault/sync/connection.ts'
import { refreshKeys } from '../vault/keys/list-keys.ts'
import { recordTrouble } from '../vault/session/server-requests.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import type { Vault } from '../vault/session/vault.ts'

const syncIntervalMs = 5 * 60_000
const firstRetryMs = 5_000
const staleOnFocusMs = 60_000

export interface SyncSchedulerParts {
  readonly vault: Vault
  readonly online: () => boolean
  /** A monotonic clock in milliseconds: setting the computer's clock must neither delay a sync nor start many. */
  readonly elapsed: () => number
  /** From 0 up to 1, for jitter: a server that comes back must not get the requests of all its users at once. */
  readonly random: () => number
  /** Called with errors that are no refusals. */
  readonly report: (error: unknown) => void
}

/** Times are `elapsed()` milliseconds. */
interface Plan {
  nextAt: number
  failures: number
  lastStartAt: number
}

/**
 * Refreshes each account's key list, and empties its trash, in the background: as soon as the network is back, on focus if the list is older than a minute, every
 * five minutes, and after failures with exponential backoff. Call `tick` every few seconds.
 */
export class SyncScheduler {
  readonly #parts: SyncSchedulerParts
  readonly #plans = new Map<string, Plan>()
  readonly #running = new Set<string>()
  #unlocked: UnlockedVault | null = null
  #wasOnline: boolean

  constructor(parts: SyncSchedulerParts) {
    this.#parts = parts
    this.#wasOnline = parts.online()
  }

  tick(): void {
    const unlocked = this.#current()
    if (unlocked === null) return
    const accounts = unlocked.cache
      .accounts()
      .filter((account) => account.signedIn && (managesKeys(account) || account.method === 'values'))
    this.#noticeNetwork(unlocked, accounts)
    const now = this.#parts.elapsed()
    for (const account of accounts) {
      if (needsNetwork(account) && !this.#wasOnline) continue
      this.#noticeFailure(unlocked, account.id)
      if (now >= this.#planOf(account.id).nextAt || isReachableAgain(unlocked, account)) this.#run(unlocked, account.id)
    }
  }

  /** To be called when the window gets the focus: what it shows must not be stale. */
  focused(): void {
    const unlocked = this.#current()
    if (unlocked === null) return
    for (const { id, syncedAt, trouble } of unlocked.cache.accounts()) {
      const plan = this.#planOf(id)
      // Dismissing a keychain prompt gives the focus back. The sync that the prompt failed must not raise the next prompt at once.
      if (this.#parts.elapsed() - plan.lastStartAt < staleOnFocusMs) continue
      const age = unlocked.clock() - (unlocked.syncedAt.get(id) ?? syncedAt ?? 0)
      if (trouble !== null || age < 0 || age > staleOnFocusMs) plan.nextAt = 0
    }
    this.tick()
  }

  /** Syncs an account at once, because it has a pending change. */
  soon(accountId: string): void {
    if (this.#current() === null) return
    this.#planOf(accountId).nextAt = 0
    this.tick()
  }

  /** The open vault, or null. Plans are dropped when the vault was opened again, because opening syncs already. */
  #current(): UnlockedVault | null {
    const { vault } = this.#parts
    const unlocked = vault.closed === null ? vault.opened : null
    if (unlocked !== this.#unlocked) this.#plans.clear()
    this.#unlocked = unlocked
    return unlocked
  }

  #noticeNetwork(unlocked: UnlockedVault, accounts: readonly Account[]): void {
    const online = this.#parts.online()
    if (online === this.#wasOnline) return
    this.#wasOnline = online
    for (const account of accounts.filter(needsNetwork)) {
      if (online) this.#planOf(account.id).nextAt = 0
      else recordTrouble(unlocked, account.id, 'server-unreachable') // records since when
    }
    unlocked.announce('keys')
  }

  /** The first failure of a request that a person made is retried like a failure of the scheduler's own. */
  #noticeFailure(unlocked: UnlockedVault, accountId: string): void {
    const plan = this.#planOf(accountId)
    if (plan.failures > 0 || unlocked.contact.get(accountId) !== 'failed') return
    plan.failures = 1
    plan.nextAt = Math.min(plan.nextAt, this.#parts.elapsed() + firstRetryMs)
  }

  #planOf(accountId: string): Plan {
    const plan = this.#plans.get(accountId) ?? { nextAt: this.#parts.elapsed() + syncIntervalMs, failures: 0, lastStartAt: -Infinity }
    this.#plans.set(accountId, plan)
    return plan
  }

  #run(unlocked: UnlockedVault, accountId: string): void {
    if (this.#running.has(accountId)) return
    this.#running.add(accountId)
    this.#planOf(accountId).lastStartAt = this.#parts.elapsed()
    refreshKeys(unlocked, accountId)
      .catch((error: unknown) => {
        if (this.#current() === unlocked) this.#parts.report(error) // otherwise the vault was locked meanwhile, which is no fault
      })
      .finally(() => {
        this.#running.delete(accountId)
        if (this.#unlocked === unlocked) this.#planNext(unlocked, accountId)
      })
  }

  #planNext(unlocked: UnlockedVault, accountId: string): void {
    const plan = this.#planOf(accountId)
    plan.failures = unlocked.contact.get(accountId) === 'failed' ? plan.failures + 1 : 0
    const wait = plan.failures === 0 ? syncIntervalMs : Math.min(syncIntervalMs, firstRetryMs * 2 ** (plan.failures - 1))
    plan.nextAt = this.#parts.elapsed() + wait * (0.8 + 0.4 * this.#parts.random())
  }
}

/** Whether a request has reached a server that was unreachable. */
function isReachableAgain(unlocked: UnlockedVault, { id, trouble }: Account): boolean {
  return trouble?.code.startsWith('server-') === true && unlocked.contact.get(id) === 'reached'
}
