import { writeSync } from 'node:fs'
import type { Cache, Change } from '../../../main/vault/ports/cache.ts'
import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import type { KeyServer, KeyServers } from '../../../main/vault/ports/key-servers.ts'
import { digestOf } from '../ledger/digest.ts'
import type { ClosingStep, Life, Told } from './orders.ts'

/** Written synchronously: everything that a killed child has reported is what it has done. */
export function tell(told: Told): void {
  writeSync(3, `${JSON.stringify(told)}\n`)
}

/**
 * The durable steps of a vault, observed from outside: each commit, keychain call and request is reported before and after it. The step
 * that the life's order names is the last one.
 */
export class Steps {
  readonly #life: Life
  #left: number
  readonly #counts = new Map<string, number>()
  readonly #closed = new Set<string>()
  #fails: ClosingStep | null = null

  constructor(life: Life) {
    this.#life = life
    this.#left = life.kill?.nth ?? 0
  }

  /**
   * From now on one step of closing throws.
   * @returns the steps that were called, as they are called
   */
  fail(step: ClosingStep): ReadonlySet<string> {
    this.#fails = step
    return this.#closed
  }

  failIf(isIt: boolean): void {
    if (isIt) throw new Error('a step of closing failed, as it was told to')
  }

  /** How often it was started. */
  count(step: string): number {
    return this.#counts.get(step) ?? 0
  }

  cache(cache: Cache): Cache {
    const commit = (changes: readonly Change[]): void => {
      this.failIf(this.#fails === 'journal')
      const step = `commit ${nameOf(changes)}`
      const end = this.#begin(step)
      cache.commit(this.#life.plant === 'skip-seal' ? changes.filter((change) => !seals(change)) : changes)
      end(changes.filter(keeps).map(({ key }) => key.id))
    }
    return { ...reads(cache), commit, close: () => this.#close('cache', () => cache.close()) }
  }

  /** The cache of a vault without its root key. It has nothing on disk, so only its closing is a step. */
  temporaryCache(cache: Cache): Cache {
    return { ...reads(cache), commit: (changes) => cache.commit(changes), close: () => this.#close('cache', () => cache.close()) }
  }

  keychain(keychain: Keychain): Keychain {
    return {
      read: (item, prompt) => this.#around(`keychain read ${kindOf(item)}`, () => keychain.read(item, prompt)),
      write: (item, secret) =>
        this.#around(
          `keychain write ${kindOf(item)}`,
          () => keychain.write(item, secret),
          ({ outcome }) => (outcome === 'ok' && item.startsWith('value/') ? [item.slice(-24)] : []),
        ),
      remove: (item) => this.#around(`keychain remove ${kindOf(item)}`, () => keychain.remove(item)),
    }
  }

  servers(servers: KeyServers): KeyServers {
    return {
      of: (account) => this.#server(servers.of(account)),
      forget: () => this.#close('servers', () => servers.forget()),
      tryValue: (account, value) => this.#around('server tryValue', () => servers.tryValue(account, value)),
      retain: (ids) => servers.retain(ids),
    }
  }

  /** An operation that consists of many steps. */
  whole<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#around(name, work)
  }

  #server(server: KeyServer): KeyServer {
    return new Proxy(server, {
      get: (_, name) => {
        if (name === 'create') return (keyName: string) => this.#create(server, keyName)
        const member = server[name as keyof KeyServer] as (...given: unknown[]) => Promise<unknown>
        return (...given: unknown[]) => this.#around(`server ${String(name)}`, () => member.apply(server, given))
      },
    })
  }

  /** Without a proxy, this is the only record of a new key's value. */
  #create(server: KeyServer, keyName: string): ReturnType<KeyServer['create']> {
    return this.#around('server create', async () => {
      const made = await server.create(keyName)
      tell({ told: 'made', id: made.key.id, name: made.key.name, digest: digestOf(made.value.expose()) })
      return made
    })
  }

  async #around<T>(step: string, work: () => Promise<T>, kept: (result: T) => string[] = () => []): Promise<T> {
    const end = this.#begin(step)
    const result = await work()
    end(kept(result))
    return result
  }

  #close(what: 'cache' | 'servers', close: () => void): void {
    this.#closed.add(what)
    this.failIf(this.#fails === what)
    close()
  }

  #begin(step: string): (kept: readonly string[]) => void {
    const { kill } = this.#life
    this.#counts.set(step, this.count(step) + 1)
    const named = kill !== null && (kill.step === step || (kill.step === 'any' && !step.startsWith('task')))
    const last = named && (this.#left -= 1) === 0
    tell({ told: 'step', step, when: 'before', kept: [] })
    if (last && kill.where === 'before') die()
    if (last && kill.where === 'inside') tell({ told: 'inside' })
    return (kept) => {
      tell({ told: 'step', step, when: 'after', kept })
      if (last && kill.where === 'after') die()
    }
  }
}

/** The next statement does not run: a process that sends itself SIGKILL ends before the call returns. */
function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

type PutKey = Extract<Change, { op: 'put-key' }>

function seals(change: Change): boolean {
  return change.op === 'put-key' && change.key.value === 'sealed'
}

function keeps(change: Change): change is PutKey {
  return change.op === 'put-key' && (change.key.value === 'sealed' || change.key.value === 'here')
}

/** Names a commit by its most important change. */
function nameOf(changes: readonly Change[]): string {
  if (changes.some(seals)) return 'seal'
  if (changes.some(keeps)) return 'here'
  for (const op of ['put-intent', 'drop-intent', 'drop-key', 'put-key', 'put-news', 'note'] as const) {
    if (changes.some((change) => change.op === op)) return op
  }
  return 'other'
}

function kindOf(item: string): string {
  return item.split('/')[0] ?? item
}

function reads(cache: Cache): Omit<Cache, 'commit' | 'close'> {
  return {
    accounts: () => cache.accounts(),
    current: () => cache.current(),
    labels: () => cache.labels(),
    keys: (accountId) => cache.keys(accountId),
    key: (accountId, id) => cache.key(accountId, id),
    intents: (accountId) => cache.intents(accountId),
    news: (accountId) => cache.news(accountId),
    lines: (wanted) => cache.lines(wanted),
    releases: (accountId) => cache.releases(accountId),
    lastReleases: (accountId, keyId, most) => cache.lastReleases(accountId, keyId, most),
    lastUses: (accountId) => cache.lastUses(accountId),
    sites: (accountId) => cache.sites(accountId),
    grants: (accountId) => cache.grants(accountId),
    pairings: () => cache.pairings(),
  }
}
