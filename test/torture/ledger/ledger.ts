import type { Key } from '../../../preload/contract.ts'
import { digestOf } from './digest.ts'
import type { ToldKey } from '../world/elsewhere.ts'
import type { Answer, Chosen, Imported, Task } from '../child/orders.ts'
import type { Passed } from '../world/proxy.ts'
import { StoredLedger } from './stored-ledger.ts'

export type Standing = 'enabled' | 'disabled' | 'gone'

/** What is known of a key from all sources except the vault. */
export interface Facts {
  readonly id: string
  readonly name: string
  /** Null if only its digest is known. */
  readonly value: string | null
  readonly digest: string
  readonly by: 'vault' | 'elsewhere'
  /** The states that the key may have after the vault has settled. */
  may: Set<Standing>
  /** The states that it had or may have had on the server since the last check. */
  stood: Set<Standing>
  /** The targets of requested changes that the vault has not answered yet, by task. */
  readonly open: Map<number, Standing>
  /** How often the vault was asked to, less cancellations: each of its requests to the server needs one. */
  readonly asked: Record<'enable' | 'disable' | 'delete', number>
  /** Whether another computer changed it since the last check. */
  moved: boolean
  /** The value is, or was, stored where it outlives the process. */
  kept: boolean
  /** The keychain accepted the value. */
  inKeychain: boolean
  /** Why nobody may have the value; null if the vault has no excuse. */
  excuse: string | null
  /** The person asked to remove the value too. */
  dropped: boolean
  /** The vault itself requested the deletion from the server. */
  deletedHere: boolean
}

/** A requested creation whose outcome the vault has not reported since. */
export interface Creation {
  readonly name: string
  readonly n: number
  /** The vault promised to create it. */
  accepted: boolean
  refused: boolean
  made: number
  ended: boolean
  /** Only the damaged cache knew it, or it may have been cancelled. */
  excused: boolean
  /** The key that is to be deleted for it. */
  readonly replaces: string | null
}

const targets = { enable: 'enabled', disable: 'disabled', delete: 'gone' } as const

/** What was requested, what was answered, and what the server did. */
export class Ledger {
  readonly keys = new Map<string, Facts>()
  readonly violations: string[] = []
  creations: Creation[] = []
  readonly stored = new StoredLedger()
  /** Notifications that were dismissed. */
  seen: Chosen['news'][number][] = []
  isDamaged = false
  /** A list in the keychain that a new cache is rebuilt from was damaged: the vault may open read-only until it is repaired. */
  mayNeedRepair = false
  /** The account was forgotten: by its person, or by a damaged list together with a lost cache. */
  mayBeForgotten = false
  /** The server said that the session has ended. */
  isEndedByServer = false
  /** Unlisted items in the keychain that an earlier check found. */
  unlisted: ReadonlySet<string> = new Set()
  /** A forgetting was begun, and nobody has signed in since. The session ends before the account is dropped. */
  #isForgettingBegun = false
  #isListLost = false
  #isStoredLost = false
  /** Unlisted items may have been left where no check was possible since. */
  #mayHaveLeft = false
  /** The person was told that they are signed in. */
  hasAccount = false
  /** Ids of keys created in the current life, whose value was on its way when that life ended. */
  #underWay = new Set<string>()
  #tasks = new Map<number, { task: Task; chosen: Chosen }>()

  begun(task: Task, chosen: Chosen, n: number): void {
    this.#tasks.set(n, { task, chosen })
    this.seen.push(...chosen.news)
    if (task.do === 'create' || task.do === 'createLater' || task.do === 'replace') {
      const replaces = task.do === 'replace' ? chosen.id : null
      this.creations.push({ name: chosen.name, n, accepted: false, refused: false, made: 0, ended: false, excused: false, replaces })
    }
    if (task.do === 'forget') this.#forgets(chosen.change === 'delete')
    if (task.do === 'cancel' && chosen.change === 'create') this.#cancelling(chosen.name)
    const facts = this.keys.get(chosen.id ?? '')
    if (facts === undefined) return
    if (task.do === 'enable' || task.do === 'disable' || task.do === 'delete' || task.do === 'replace') {
      const change = task.do === 'replace' ? 'delete' : task.do
      facts.asked[change] += 1
      facts.open.set(n, targets[change])
      facts.may.add(targets[change])
      if (change === 'delete') facts.dropped = true
    }
    if (task.do === 'purge') facts.dropped = true
    // If the process was killed before it answered, the change may have been cancelled nevertheless.
    if (task.do === 'cancel') for (const standing of facts.stood) facts.may.add(standing)
  }

  done(task: Task, answer: Answer, n: number): void {
    if ((task.do === 'openLocal' || task.do === 'register') && answer.ok) this.hasAccount = true
    if ((task.do === 'openLocal' || task.do === 'register' || task.do === 'signIn') && answer.ok) this.#isForgettingBegun = false
    if (task.do === 'import' && answer.ok) this.stored.imported(answer.value as Imported[], task.values)
    const { chosen } = this.#tasks.get(n) ?? { chosen: null }
    if (chosen === null) return
    const creation = this.creations.find((one) => one.n === n)
    if (creation !== undefined) Object.assign(creation, answer.ok ? { accepted: true } : { refused: true })
    const facts = this.keys.get(chosen.id ?? '')
    if (facts !== undefined) this.#changeDone(facts, task, answer, n)
    if (task.do === 'cancel' && answer.ok) this.#cancelled(chosen, facts)
    if (task.do === 'addValue' && answer.ok && chosen.id !== null) this.kept([chosen.id])
    // Reporting that a key is here also reports that its value is here.
    if ((task.do === 'create' || task.do === 'replace') && answer.ok) this.kept([(answer.value as Key).id])
  }

  #changeDone(facts: Facts, task: Task, answer: Answer, n: number): void {
    const target = facts.open.get(n)
    facts.open.delete(n)
    if (target === undefined || !answer.ok || task.do === 'cancel') return
    // A later change by another computer may override it, and an operation in progress may follow it.
    if (!facts.moved) facts.may = new Set([target, ...facts.open.values(), ...(facts.stood.has('gone') ? (['gone'] as const) : [])])
  }

  #cancelling(name: string): void {
    for (const creation of this.creations) if (creation.name === name) creation.excused = true
  }

  #cancelled({ change, name }: Chosen, facts: Facts | undefined): void {
    if (change === 'create') {
      const taken = this.creations.filter((one) => one.name === name && !one.ended && one.made === 0)
      for (const creation of taken) creation.ended = true
    } else if (change !== null && facts !== undefined) {
      facts.asked[change] -= 1
      for (const standing of facts.stood) facts.may.add(standing)
    }
  }

  /** A request of the vault, as the proxy saw it. */
  passed({ method, path, body, answer, delivered }: Passed): void {
    const [, id, verb] = /\/auth\/api_keys(?:\/([0-9a-f]{24}))?(?:\/(\w+))?$/.exec(path) ?? []
    if (!path.includes('/auth/api_keys') || method === 'GET' || answer === null || answer.status >= 300) return
    if (id === undefined) return this.#created(answer.body, delivered, body)
    const change = method === 'DELETE' ? 'delete' : verb === 'enable' ? 'enable' : 'disable'
    const facts = this.keys.get(id)
    if (facts === undefined) return void this.violations.push(`the vault changed a key that nobody knows: ${change} ${id}`)
    facts.stood.add(targets[change])
    if (change === 'delete') {
      facts.may = new Set(['gone'])
      facts.deletedHere = true
    }
    // A new key whose value could not be stored is deleted again.
    const rescue = change === 'delete' && this.#underWay.has(id) && !facts.kept
    if (facts.asked[change] <= 0 && !rescue) this.violations.push(`nobody asked the vault to ${change} ${facts.name}`)
  }

  #created(text: string, delivered: boolean, asked: string): void {
    const { _id: id, key: value, name } = JSON.parse(text) as { _id: string; key: string; name: string }
    this.#asked(name, asked)
    this.#add({ id, name, value, digest: digestOf(value) }, 'vault', delivered ? null : 'the answer with the value did not arrive')
    this.#underWay.add(id)
  }

  /** The embedded backend has created a key. @param arrived whether its value is known to have arrived */
  createdHere(id: string, name: string, digest: string, arrived: boolean): void {
    this.#asked(name, id)
    this.#add({ id, name, value: null, digest }, 'vault', arrived ? null : 'the answer with the value did not arrive')
    if (arrived) this.#underWay.add(id)
  }

  #asked(name: string, what: string): void {
    const possible = this.creations.filter((one) => one.name === name && one.made === 0 && !one.ended)
    // A refused request may have created the key nevertheless, but other requests are matched first.
    const creation = possible.find((one) => !one.refused) ?? possible[0]
    if (creation === undefined) this.violations.push(`nobody asked the vault to create ${name}: ${what}`)
    else creation.made += 1
  }

  createdElsewhere(id: string, name: string, value: string): void {
    this.#add({ id, name, value, digest: digestOf(value) }, 'elsewhere', 'made on another computer')
  }

  changedElsewhere(id: string, change: 'enable' | 'disable' | 'delete'): void {
    const facts = this.keys.get(id)
    if (facts === undefined) return
    facts.moved = true
    facts.stood.add(targets[change])
    if (change !== 'delete') return void facts.may.add(targets[change])
    facts.may = new Set(['gone'])
    // A rebuilt cache may never have known a key whose value was not in the keychain yet.
    if (this.isDamaged && !facts.inKeychain) facts.kept = false
  }

  kept(ids: readonly string[], inKeychain = false): void {
    if (inKeychain) this.stored.tookByKeychain(ids)
    for (const id of ids) {
      const facts = this.keys.get(id)
      if (facts === undefined || this.mayBeForgotten) continue
      facts.kept = true
      facts.inKeychain ||= inKeychain
    }
  }

  /** The cache was damaged: only what was stored nowhere else may be lost. */
  damaged(): void {
    this.isDamaged = true
    for (const facts of this.keys.values()) {
      for (const standing of facts.stood) facts.may.add(standing)
      if (facts.inKeychain) continue // the keychain's index lists it, whatever the server still has
      facts.kept = false
      facts.excuse = 'the cache that had it was damaged'
    }
    for (const creation of this.creations) creation.excused = true
    this.stored.cacheLost()
    this.#listLost()
  }

  #listLost(): void {
    if (this.#isStoredLost && this.isDamaged) this.stored.forgotten()
    if (this.#isListLost && this.isDamaged) this.#forgotten()
  }

  /**
   * @param isStoredLost the same of the stored values
   * @param isLost whether no account can be read in the list any more, and the account is in no other place of the keychain
   */
  damagedKeychain(isLost: boolean, isStoredLost: boolean): void {
    this.mayNeedRepair = true
    this.#isListLost ||= isLost
    this.#isStoredLost ||= isStoredLost
    this.#listLost()
  }

  /** @param keysToo whether the server forgets its user */
  #forgets(keysToo: boolean): void {
    this.#isForgettingBegun = true
    this.#forgotten()
    if (!keysToo) return
    for (const facts of this.keys.values()) facts.stood.add('gone')
  }

  /** Whether the account may be there without a session: its person has to sign in again. */
  get mayBeSignedOut(): boolean {
    return this.isEndedByServer || this.#isForgettingBegun
  }

  /** Whether the keychain may contain unlisted items. */
  get mayLeaveItems(): boolean {
    return this.#mayHaveLeft || (this.isDamaged && (this.#isListLost || this.#isStoredLost))
  }

  #forgotten(): void {
    this.mayBeForgotten = true
    for (const facts of this.keys.values()) {
      facts.kept = false
      facts.excuse = 'its account was forgotten'
    }
  }

  /** A life has ended. @param unanswered whether an operation was in progress */
  died(unanswered: boolean, noPlaceForValues: boolean): void {
    for (const id of this.#underWay) {
      const facts = this.keys.get(id)
      if (facts === undefined || facts.kept) continue
      if (unanswered) facts.excuse ??= 'killed before the value was sealed'
      if (noPlaceForValues) facts.excuse ??= 'neither disk nor keychain took the value'
    }
    this.#underWay.clear()
    this.#tasks.clear()
  }

  /** The vault has settled: its current state is the start of the next run. */
  rest(onServer: readonly ToldKey[], recoverable: ReadonlySet<string>, unlisted: readonly string[] | null): void {
    const now = new Map(onServer.map(({ id, enabled }) => [id, enabled ? ('enabled' as const) : ('disabled' as const)]))
    for (const facts of this.keys.values()) {
      const standing = now.get(facts.id) ?? 'gone'
      facts.may = new Set([standing])
      facts.stood = new Set([standing])
      facts.open.clear()
      Object.assign(facts.asked, { enable: 0, disable: 0, delete: 0 })
      facts.moved = false
      facts.kept = recoverable.has(facts.id)
      facts.inKeychain = facts.kept
      facts.excuse ??= facts.kept ? null : 'told before'
    }
    this.creations = []
    this.seen = []
    this.#mayHaveLeft = unlisted === null && this.mayLeaveItems
    this.unlisted = new Set([...this.unlisted, ...(unlisted ?? [])])
    this.isEndedByServer = this.#isForgettingBegun = false
    this.isDamaged = this.mayNeedRepair = this.mayBeForgotten = this.#isListLost = this.#isStoredLost = false
    this.stored.rest()
  }

  #add(key: Pick<Facts, 'id' | 'name' | 'value' | 'digest'>, by: Facts['by'], excuse: string | null): void {
    this.keys.set(key.id, {
      ...{ ...key, by, excuse: excuse ?? (this.mayBeForgotten ? 'its account was forgotten' : null) },
      ...{ may: new Set<Standing>(['enabled']), stood: new Set<Standing>(['enabled']), open: new Map<number, Standing>() },
      ...{
        asked: { enable: 0, disable: 0, delete: 0 },
        moved: false,
        kept: false,
        inKeychain: false,
        dropped: false,
        deletedHere: false,
      },
    })
  }
}
