import { closingSteps, type Damage, type DamagedItem, type Life, type Task } from './child/orders.ts'
import { type Weather, weathers } from './world/proxy.ts'
import { Random } from './random.ts'

export const runsAWorld = 20

/**
 * What happens to requests until it changes. `down`: connections are refused. `ended`: all sessions have ended, until somebody signs in
 * again. `one`: only one request is affected, given by its kind and its number.
 */
export type Forecast =
  | { readonly kind: 'fine' | 'down' | 'ended' }
  | { readonly kind: 'mixed'; readonly share: number }
  | { readonly kind: 'one'; readonly weather: Weather; readonly route: 'any' | 'create' | 'list' | 'change'; readonly nth: number }

export type Step =
  | { readonly by: 'vault'; readonly task: Task; readonly wait: boolean }
  | { readonly by: 'elsewhere'; readonly change: 'enable' | 'disable' | 'delete'; readonly pick: number }
  | { readonly by: 'elsewhere'; readonly change: 'create'; readonly name: string }
  | { readonly by: 'network'; readonly forecast: Forecast }
  | { readonly by: 'keyring'; readonly what: 'lock' | 'kill' | 'unlock' }
  /** Another process of the vault opens the same profile, and ends again. */
  | { readonly by: 'second' }
  | { readonly by: 'disk'; readonly what: 'free' | 'read-only' }
  | { readonly by: 'disk'; readonly what: 'fill'; readonly left: number }
  /** Of the cache. */
  | { readonly by: 'disk'; readonly what: 'lose' }
  | { readonly by: 'keychain'; readonly item: DamagedItem; readonly how: Damage }
  /** Of the cache's file. */
  | { readonly by: 'disk'; readonly what: 'damage'; readonly where: number }

/** One process: the conditions at its start, its steps, and what ends it at the latest. */
export interface LifePlan {
  readonly before: readonly Step[]
  readonly steps: readonly Step[]
  readonly kill: Life['kill']
  /** Milliseconds from its start to its end; null to end after its steps. */
  readonly endsAfter: number | null
  /** Milliseconds between the child's report that the step starts, and the kill. */
  readonly linger: number
}

/** Everything that the seed decides about a run. */
export interface RunPlan {
  readonly run: number
  readonly lives: readonly LifePlan[]
  /** The backup of the world that another computer restores at the end, and how its first process is killed; null for none. */
  readonly restore: { readonly pick: number; readonly kill: Life['kill'] } | null
}

/** The properties of all runs of a world. */
export interface Kind {
  /** The profile is on a small disk of its own, which can be full or read-only. */
  readonly smallDisk: boolean
  /** The vault on this computer, whose server is in its own process: no network, and no other computer. */
  readonly local: boolean
}

export function kindOf(seed: number, world: number): Kind {
  const random = new Random(seed, 'world', world)
  return { smallDisk: random.chance(0.6), local: random.chance(0.25) }
}

export function planRun(seed: number, run: number, kind: Kind): RunPlan {
  const random = new Random(seed, 'run', run)
  const names = new Names(random, run)
  const lives = random.chance(0.3) ? random.whole(2, 3) : 1
  return {
    run,
    lives: Array.from({ length: lives }, () => planLife(random, names, kind)),
    restore: random.chance(0.2) ? { pick: random.next(), kill: random.chance(0.7) ? planKill(random) : null } : null,
  }
}

function planLife(random: Random, names: Names, kind: Kind): LifePlan {
  const { smallDisk, local } = kind
  const before: Step[] = local ? [] : [{ by: 'network', forecast: forecast(random) }]
  const damages = random.chance(0.06) ? damage(random) : []
  before.push(...damages)
  if (random.chance(0.08)) before.push({ by: 'keyring', what: random.of(['lock', 'kill']) })
  if (smallDisk && random.chance(0.12)) before.push(random.chance(0.3) ? { by: 'disk', what: 'read-only' } : full(random))
  if (random.chance(0.02)) before.push({ by: 'disk', what: 'damage', where: random.next() })
  const steps: Step[] = []
  if (random.chance(0.12)) steps.push(jump(random))
  steps.push(task({ do: 'open' }))
  // The cache is lost, and no server can be asked which values there were.
  if (random.chance(0.03)) {
    before.push({ by: 'disk', what: 'lose' })
    steps.push(...forget(random, local))
  }
  steps.push(task({ do: 'resume' }, random.chance(0.3)))
  if (damages.length > 0 && random.chance(0.7)) steps.push(...repair(random, local))
  if (local && random.chance(0.4)) steps.push(task({ do: 'openLocal' }, random.chance(0.7)))
  for (let left = random.whole(3, 9); left > 0; left -= 1) steps.push(...nextSteps(random, names, kind))
  const dies = random.chance(0.5) ? planKill(random) : null
  return {
    before,
    // Its server is in its own process: there is no network between them, and no other computer uses it.
    steps: local ? steps.filter(({ by }) => by !== 'network' && by !== 'elsewhere') : steps,
    kill: dies,
    endsAfter: dies === null && random.chance(0.8) ? random.whole(20, local ? 1_000 : 500) : null,
    linger: dies?.step.startsWith('task') === true ? random.whole(0, 150) : random.of([0, 0, 1, 2, 3]),
  }
}

function nextSteps(random: Random, names: Names, { smallDisk, local }: Kind): Step[] {
  const what = random.weighted({
    vault: 70,
    elsewhere: 14,
    network: 12,
    keyring: 4,
    disk: smallDisk ? 4 : 0,
    reopen: 3,
    lockedMove: 2,
    second: 1,
    lostAnswer: 3,
    jumps: 2,
    oldBackup: 2,
    forget: 0.7,
    failingLock: 1,
    lockAmid: 1.5,
  })
  switch (what) {
    case 'vault':
      return [task(planTask(random, names), random.chance(0.75))]
    case 'elsewhere': {
      const change = random.weighted({ create: 3, enable: 2, disable: 2, delete: 2 })
      return [change === 'create' ? { by: 'elsewhere', change, name: names.next() } : { by: 'elsewhere', change, pick: random.next() }]
    }
    case 'network':
      return [{ by: 'network', forecast: forecast(random) }]
    case 'keyring':
      return [{ by: 'keyring', what: random.of(['lock', 'kill', 'unlock']) }]
    case 'disk':
      return [random.chance(0.4) ? { by: 'disk', what: 'free' } : full(random)]
    case 'second':
      return [{ by: what }]
    // The server creates a key, and the connection breaks before the answer.
    case 'lostAnswer':
      return [
        { by: 'network', forecast: { kind: 'one', weather: 'lost-after', route: 'create', nth: 1 } },
        task({ do: 'create', name: names.next() }, random.chance(0.75)),
      ]
    // The trash is checked with one date, and then with another.
    case 'jumps':
      return [jump(random), task({ do: 'sync' }), jump(random), task({ do: 'sync' }, random.chance(0.75))]
    case 'failingLock':
      return [
        task(planTask(random, names), random.chance(0.5)),
        task({ do: 'lockWithFailure', fails: random.of(closingSteps) }), // which ends the process
      ]
    case 'lockAmid':
      return [task({ do: 'lockAmid', after: random.whole(0, 40) }), task({ do: 'open' }), task({ do: 'resume' }, random.chance(0.5))]
    case 'forget':
      return forget(random, local)
    // A change is pending when the backup is made, and is cancelled afterwards.
    case 'oldBackup':
      return [
        { by: 'network', forecast: { kind: 'down' } },
        task({ do: random.of(['delete', 'delete', 'disable', 'enable']), pick: random.next() }),
        task({ do: 'backUp', path: '' }), // known when the step is done
        task({ do: 'cancel', pick: random.next() }, random.chance(0.75)),
        { by: 'network', forecast: { kind: 'fine' } },
      ]
    // A change of the keychain waits for a creation when the lock comes: nothing may be moved in part.
    case 'lockedMove':
      return [
        task({ do: 'create', name: names.next() }, false),
        task({ do: random.of(['usePassphrase', 'useOs', 'guard']) }, false),
        task({ do: 'lock' }),
        task({ do: 'open' }),
        task({ do: 'resume' }, random.chance(0.5)),
      ]
    case 'reopen':
      return [task({ do: 'lock' }, random.chance(0.5)), task({ do: 'open' }), task({ do: 'resume' }, random.chance(0.5))]
  }
}

const tasks = {
  ...{ create: 7, createLater: 3, enable: 3, disable: 4, delete: 3, replace: 2, addValue: 3, addOtherValue: 1 },
  ...{ sync: 3, cancel: 2, purge: 1, verify: 1, verifyAll: 0.5, reveal: 1, see: 0.5 },
  ...{ usePassphrase: 0.5, useOs: 0.5, guard: 0.3, backUp: 0.7, import: 1 },
}

function planTask(random: Random, names: Names): Task {
  const what = random.weighted(tasks)
  switch (what) {
    case 'create':
    case 'createLater':
      return { do: what, name: names.next() }
    case 'sync':
    case 'verifyAll':
    case 'see':
    case 'usePassphrase':
    case 'useOs':
    case 'guard':
      return { do: what }
    case 'import':
      return { do: what, path: '', values: stored(random) }
    case 'backUp':
      return { do: what, path: '' } // known when the step is done
    case 'addValue':
    case 'addOtherValue':
      return { do: what, pick: random.next(), values: {} } // known when the step is done
    default:
      return { do: what, pick: random.next() }
  }
}

/** The list from which a new cache is rebuilt is damaged, mostly when the cache has to be rebuilt. */
function damage(random: Random): Step[] {
  const how = random.of<Damage>(['torn', 'replaced'])
  const [list, page, root, lost]: Step[] = [
    { by: 'keychain', item: 'accounts', how },
    { by: 'keychain', item: 'stored', how },
    { by: 'keychain', item: 'root', how: 'removed' },
    { by: 'disk', what: 'lose' },
  ]
  return random
    .of([[list], [page], [lost], [root], [page, lost], [page, lost], [page, root], [list, lost], [list, lost], [list, root], [list, root]])
    .flatMap((step) => step ?? [])
}

function forget(random: Random, local: boolean): Step[] {
  return [
    ...(random.chance(0.5) ? [{ by: 'network', forecast: { kind: 'ended' } } as const] : []),
    task({ do: 'forget' }, random.chance(0.8)),
    { by: 'network', forecast: { kind: 'fine' } },
    local ? task({ do: 'openLocal' }) : signIn,
    task({ do: 'resume' }, random.chance(0.5)),
  ]
}

function repair(random: Random, local: boolean): Step[] {
  return [
    task({ do: 'repair' }, random.chance(0.7)),
    local ? task({ do: 'openLocal' }) : signIn,
    task({ do: 'resume' }, random.chance(0.5)),
  ]
}

/** The clock is wrong by some weeks or some years, as on a computer without a battery, or after a typing error in the year. */
function jump(random: Random): Step {
  const days = random.of([random.whole(-45, 45), random.whole(-4_000, 4_000), -20_400, 36_500])
  return task({ do: 'clock', ahead: days * 86_400_000 })
}

function task(what: Task, wait = true): Step {
  return { by: 'vault', task: what, wait }
}

/** Signs in to the world's server. */
const signIn = task({ do: 'signIn', url: '', appId: '', email: '', password: '' }) // known when the step is done

/** Values to import, mostly few. One page of their index has 21. */
function stored(random: Random): Readonly<Record<string, string>> {
  const names = Array.from({ length: random.of([1, 2, 5, 25]) }, () => `S_${random.whole(0, 999_999_999)}`)
  return Object.fromEntries(names.map((name) => [name, `the-value-of-${name}`]))
}

function full(random: Random): Step {
  return { by: 'disk', what: 'fill', left: random.of([0, 4_096, random.whole(0, 100_000)]) }
}

function forecast(random: Random): Forecast {
  const kind = random.weighted({ fine: 35, one: 30, mixed: 20, down: 15 })
  if (kind === 'mixed') return { kind, share: random.of([0.15, 0.4, 0.8]) }
  if (kind !== 'one') return { kind }
  const [, ...bad] = weathers
  const route = random.weighted({ any: 1, create: 4, list: 1, change: 3 })
  return { kind, weather: random.of(bad as [Weather, ...Weather[]]), route, nth: random.weighted({ 1: 4, 2: 2, 3: 1 }) === '1' ? 1 : 2 }
}

/** The kinds of durable steps that `Steps` reports; those that commit something are more frequent. */
const killSteps = {
  ...{ any: 12, 'commit put-intent': 4, 'commit seal': 8, 'commit here': 6, 'commit drop-intent': 4, 'commit drop-key': 3 },
  ...{ 'commit put-key': 4, 'commit put-news': 1, 'keychain write value': 8, 'keychain remove value': 4, 'keychain read value': 1 },
  ...{ 'keychain read root': 1, 'server create': 8, 'server delete': 4, 'server enable': 2, 'server disable': 3, 'server fetchAll': 3 },
  ...{ 'task usePassphrase': 2, 'task useOs': 2, 'task guard': 1, 'task open': 2, 'task openLocal': 2 },
}

function planKill(random: Random): Life['kill'] {
  const step = random.weighted(killSteps)
  if (step.startsWith('task')) return { step, nth: 1, where: 'inside' }
  const nth = step === 'any' ? random.whole(1, 60) : random.of([1, 1, 1, 2, 2, 3])
  return { step, nth, where: random.of(['before', 'inside', 'after']) }
}

/** Names for new keys: mostly new ones, and some that are taken by then. */
class Names {
  readonly #random: Random
  readonly #run: number
  readonly #used: string[] = []

  constructor(random: Random, run: number) {
    this.#random = random
    this.#run = run
  }

  next(): string {
    const before = this.#used[this.#random.whole(0, this.#used.length)]
    if (before !== undefined && this.#random.chance(0.2)) return this.#random.chance(0.3) ? before.toUpperCase() : before
    const name = `k${this.#run}-${this.#used.length}`
    this.#used.push(name)
    return name
  }
}
