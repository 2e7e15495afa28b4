import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AppState } from '../../preload/contract.ts'
import type { ToldKey } from './world/elsewhere.ts'
import { violationsOf } from './ledger/invariant.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Living } from './child/life.ts'
import type { MadeBackup, State, Task } from './child/orders.ts'
import type { Forecast, LifePlan, RunPlan, Step } from './plan.ts'
import type { Weather } from './world/proxy.ts'
import { weathers } from './world/proxy.ts'
import { Random } from './random.ts'
import { restoreElsewhere } from './restoring.ts'
import type { Served } from './world/served.ts'
import type { World } from './world/world.ts'

export interface Outcome {
  readonly kills: number
  readonly violations: readonly string[]
}

/** Runs a plan, lets everything settle, and checks the invariants. */
export async function doRun(world: World, plan: RunPlan, seed: number): Promise<Outcome> {
  const random = new Random(seed, 'chance of', plan.run)
  let kills = 0
  for (const life of plan.lives) {
    await new Lived(world, life, random).end()
    kills += 1
  }
  await clearUp(world)
  const restored = plan.restore === null ? [] : await restoreElsewhere(world, plan.restore)
  const violations = await examine(world, random)
  return { kills, violations: [...restored, ...violations] }
}

/** One process of the vault, as the plan says. */
class Lived {
  readonly #world: World
  readonly #plan: LifePlan
  readonly #random: Random
  readonly #pending = new Set<Promise<unknown>>()
  #keyringFault = false
  #diskFault = false

  constructor(world: World, plan: LifePlan, random: Random) {
    this.#world = world
    this.#plan = plan
    this.#random = random
  }

  async end(): Promise<void> {
    const { before, kill, endsAfter, linger, steps } = this.#plan
    for (const step of before) await this.#surround(step)
    const child = await this.#world.live(kill)
    child.onInside = () => void wait(linger).then(() => child.kill())
    const timer = endsAfter === null ? undefined : setTimeout(() => child.kill(), endsAfter)
    for (const step of steps) {
      if (child.isOver) break
      await (step.by === 'vault' ? this.#order(child, step) : this.#surround(step))
    }
    clearTimeout(timer)
    child.kill()
    const { how, said } = await child.end()
    const unanswered = this.#pending.size > 0 || child.isBusy
    if (how !== 'SIGKILL') this.#world.ledger.violations.push(`the process ended by itself, of ${how}: ${said.slice(-500)}`)
    this.#world.ledger.died(unanswered, this.#keyringFault && this.#diskFault)
  }

  async #order(child: Living, { task, wait: waits }: Extract<Step, { by: 'vault' }>): Promise<void> {
    if (task.do === 'clock') this.#world.count('clock')
    if (task.do === 'import') this.#world.ledger.stored.requested(task.values)
    const asked = child.ask(filled(this.#world, task))
    this.#pending.add(asked)
    const answered = asked.then((answer) => {
      if (answer !== null) this.#pending.delete(asked)
      if (task.do === 'lockWithFailure' && answer !== null) child.kill()
      if (task.do === 'backUp' && answer?.ok === true) this.#world.backups.push(answer.value as MadeBackup)
    })
    if (waits) await answered
  }

  async #surround(step: Step): Promise<void> {
    const { keyring, disk, served, ledger } = this.#world
    switch (step.by) {
      case 'network':
        return foresee(this.#world, step.forecast, this.#random)
      case 'second':
        return this.#world.second()
      case 'keyring':
        if (step.what !== 'unlock') {
          this.#keyringFault = true
          this.#world.count(`keyring-${step.what}`)
        }
        return keyring[step.what]()
      case 'keychain':
        return this.#world.damageKeychain(step.item, step.how)
      case 'disk':
        if (step.what === 'free') return disk.free()
        this.#world.count(`disk-${step.what}`)
        if (step.what === 'lose') {
          ledger.damaged()
          return disk.lose(join('vault', 'cache'), 'cache.realm')
        }
        if (step.what === 'damage') {
          ledger.damaged()
          return disk.damage(join('vault', 'cache', 'cache.realm'), step.where)
        }
        this.#diskFault = true
        return step.what === 'fill' ? disk.fill(step.left) : disk.makeReadOnly()
      case 'elsewhere': {
        if (served === null) return
        const { elsewhere } = served
        if (step.change === 'create') {
          const made = await elsewhere.create(step.name)
          if (made !== null) ledger.createdElsewhere(made.id, step.name, made.value)
          return
        }
        const keys = await elsewhere.keys()
        const key = keys[Math.floor(step.pick * keys.length)]
        if (key === undefined) return
        ledger.changedElsewhere(key.id, step.change)
        await elsewhere.change(key.id, step.change)
      }
    }
  }
}

/** Adds what is known only when the step is done. */
function filled(world: World, task: Task): Task {
  switch (task.do) {
    case 'backUp':
    case 'import':
      return { ...task, path: world.backupPath() }
    case 'signIn':
      return world.served?.signIn ?? task
    case 'addValue':
    case 'addOtherValue': {
      const known = [...world.ledger.keys.values()].flatMap(({ id, value }) => (value === null ? [] : [[id, value] as const]))
      return { ...task, values: Object.fromEntries(known) }
    }
    default:
      return task
  }
}

const [, ...bad] = weathers

async function foresee(world: World, forecast: Forecast, random: Random): Promise<void> {
  if (world.served === null) return
  const { proxy } = world.served
  if (forecast.kind === 'down') {
    world.count('refused')
    return proxy.down()
  }
  await proxy.up()
  if (forecast.kind === 'ended') {
    world.ledger.isEndedByServer = true
    proxy.weather = (_method, path) => (/\/auth\/(?:api_keys|session)/.test(path) ? 'ended' : 'fine')
  }
  if (forecast.kind === 'fine') proxy.weather = () => 'fine'
  if (forecast.kind === 'mixed') {
    proxy.weather = () => (random.chance(forecast.share) ? random.of(bad as [Weather, ...Weather[]]) : 'fine')
  }
  if (forecast.kind === 'one') {
    let left = forecast.nth
    proxy.weather = (method, path) => (isOf(forecast.route, method, path) && (left -= 1) === 0 ? forecast.weather : 'fine')
  }
}

function isOf(route: 'any' | 'create' | 'list' | 'change', method: string, path: string): boolean {
  const keys = path.includes('/auth/api_keys')
  switch (route) {
    case 'any':
      return true
    case 'create':
      return keys && method === 'POST'
    case 'list':
      return keys && method === 'GET'
    case 'change':
      return keys && (method === 'PUT' || method === 'DELETE')
  }
}

async function clearUp(world: World): Promise<void> {
  const { keyring, disk } = world
  await foresee(world, { kind: 'fine' }, new Random('nothing'))
  disk.free()
  await keyring.unlock()
}

/** Opens the vault once more, without faults, and gives it time to settle. Then its state is compared with the server's. */
async function examine(world: World, random: Random): Promise<string[]> {
  const { ledger } = world
  const child = await world.live(null, 60_000)
  const ask = async (task: Task): Promise<unknown> => {
    const answer = await child.ask(task)
    if (answer === null) throw new Error(`the vault died at rest: ${(await child.end()).said}`)
    if (!answer.ok && answer.code !== 'idle') ledger.violations.push(`at rest, ${task.do} was refused: ${answer.code}`)
    return answer.ok ? answer.value : null
  }
  let opened = (await ask({ do: 'open' })) as AppState | null
  if (opened?.vault.status === 'open' && opened.vault.readOnly !== null && ledger.mayNeedRepair) {
    world.count('repaired')
    opened = (await ask({ do: 'repair' })) as AppState | null
  }
  const isSignedIn = opened?.accounts.some(({ method }) => method !== 'values')
  if (opened?.vault.status === 'open' && isSignedIn !== true) {
    if (ledger.hasAccount && !ledger.mayBeForgotten) ledger.violations.push('the account is gone')
    await ask(world.served?.signIn ?? { do: 'openLocal' })
  } else if (ledger.mayBeSignedOut && world.served !== null) await ask(world.served.signIn)
  await ask({ do: 'resume' })
  await ask({ do: 'clock', ahead: 61_000 }) // the list settles a creation that was sent a minute ago
  await ask({ do: 'sync' })
  await ask({ do: 'verify', pick: random.next() })
  const state = (await ask({ do: 'state' })) as State
  if (random.chance(0.5) || ledger.isDamaged) await ask({ do: 'see' })
  child.kill()
  await child.end()
  const onServer = await world.truth()
  const violations = violationsOf({ state, onServer, setAside: world.setAside() }, ledger)
  if (world.served !== null) violations.push(...(await wrongLogins(world.served, ledger, onServer, random)))
  const digests = Object.entries(state.values).filter(([, value]) => 'digest' in value)
  ledger.rest(onServer, new Set(digests.map(([id]) => id)), state.unlisted)
  return violations
}

/** A value that the vault releases has to open the account if its key is enabled, and only then. */
async function wrongLogins({ elsewhere }: Served, ledger: Ledger, onServer: readonly ToldKey[], random: Random): Promise<string[]> {
  const key = onServer[Math.floor(random.next() * onServer.length)]
  const value = ledger.keys.get(key?.id ?? '')?.value ?? null
  if (key === undefined || value === null || (await elsewhere.opens(value)) === key.enabled) return []
  return [`${key.name} is ${key.enabled ? 'enabled and does not let' : 'disabled and lets'} its holder in`]
}
