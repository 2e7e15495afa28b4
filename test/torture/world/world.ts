import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../../backend/store/database.ts'
import type { Plant } from '../arguments.ts'
import { Disk } from './disk.ts'
import type { ToldKey } from './elsewhere.ts'
import { Keyring } from './keyring.ts'
import { Ledger } from '../ledger/ledger.ts'
import { type Ears, Living } from '../child/life.ts'
import type { Damage, DamagedItem, Life, MadeBackup } from '../child/orders.ts'
import type { Kind } from '../plan.ts'
import type { Passed } from './proxy.ts'
import { person, Served } from './served.ts'

export interface Ground extends Kind {
  readonly folder: string
  readonly bundle: string
  readonly plant: Plant | null
}

/** Everything of a computer and a network that outlives the vault's process: profile, keyring, server, and another computer. */
export class World {
  readonly ledger = new Ledger()
  readonly faults = new Map<string, number>()
  readonly disk: Disk
  readonly keyring: Keyring
  /** Null for a vault that contains its server. */
  readonly served: Served | null
  /** The backups that the person was told are complete, oldest first. */
  readonly backups: MadeBackup[] = []
  readonly #ground: Ground
  readonly #setAside = new Set<string>()
  #lives = 0
  #backupFiles = 0

  private constructor(ground: Ground, keyring: Keyring, served: Served | null) {
    this.#ground = ground
    this.keyring = keyring
    this.disk = new Disk(join(ground.folder, 'profile'), ground.smallDisk)
    this.served = served
  }

  /** Creates a world. With a served backend, its person has just signed in. */
  static async make(ground: Ground): Promise<World> {
    mkdirSync(ground.folder, { recursive: true, mode: 0o700 })
    const keyring = await Keyring.start(join(ground.folder, 'home'))
    const hears: { world: World | null } = { world: null }
    const served = ground.local ? null : await Served.start(ground.folder, (passed) => hears.world?.passed(passed))
    const world = (hears.world = new World(ground, keyring, served))
    if (served !== null) await world.#signIn(served)
    return world
  }

  passed(passed: Passed): void {
    if (passed.weather !== 'fine') this.count(passed.weather)
    this.ledger.passed(passed)
  }

  async #signIn(served: Served): Promise<void> {
    const child = await this.live(null, 60_000) // hashing a password takes some time
    for (const task of [{ do: 'open' }, { ...served.signIn, do: 'register' }] as const) {
      const answer = await child.ask(task)
      if (answer?.ok !== true) throw new Error(`a new world could not ${task.do}: ${answer?.code ?? (await child.end()).said}`)
    }
    child.kill()
    await child.end()
    await served.elsewhere.signIn(person.email, person.password)
  }

  /** Starts the vault's process. @param deadline of its requests, in milliseconds */
  live(kill: Life['kill'], deadline = this.served === null ? 30_000 : 1_500): Promise<Living> {
    const { bundle, plant } = this.#ground
    const first = (this.#lives += 1) * 1_000 // tasks have numbers that no other process uses
    const ears: Ears = {
      step: ({ step, kept }) => this.ledger.kept(kept, step.startsWith('keychain')),
      made: ({ id, name, digest }) => {
        if (this.served === null) this.ledger.createdHere(id, name, digest, true)
      },
      begun: (task, chosen, n) => this.ledger.begun(task, chosen, first + n),
      done: (task, answer, n) => this.ledger.done(task, answer, first + n),
      fault: (what) => this.ledger.violations.push(`the vault threw what is no refusal: ${what}`),
    }
    return Living.start(bundle, { profile: join(this.disk.folder, 'vault'), kill, plant, deadline }, this.keyring.env, ears)
  }

  /** Only while no process of the vault runs. */
  async damageKeychain(item: DamagedItem, how: Damage): Promise<void> {
    const deaf = (): void => undefined
    const child = await this.#start({ step: deaf, made: deaf, begun: deaf, done: deaf, fault: deaf })
    const answer = await child.ask({ do: 'damage', item, how })
    child.kill()
    await child.end()
    if (answer?.ok !== true) return // the keychain is locked, or another one is in use
    this.count(`keychain-${item}-${how}`)
    // The vault on this computer is also recognised by its credentials.
    const isReplaced = how === 'replaced' && item !== 'root'
    this.ledger.damagedKeychain(isReplaced && item === 'accounts' && this.served !== null, isReplaced)
    if (item === 'root') this.ledger.damaged()
  }

  #start(ears: Ears): Promise<Living> {
    const life = { profile: join(this.disk.folder, 'vault'), kill: null, plant: null, deadline: 1_500 }
    return Living.start(this.#ground.bundle, life, this.keyring.env, ears)
  }

  /** The path for a backup that is to be made. */
  backupPath(): string {
    return join(this.#ground.folder, `backup-${(this.#backupFiles += 1)}`)
  }

  /** Starts the vault of another computer, which uses the same keyring. */
  liveElsewhere(kill: Life['kill'], ears: Ears): Promise<Living> {
    const life = { profile: join(this.#ground.folder, 'other-computer'), kill, plant: null, deadline: 60_000 }
    return Living.start(this.#ground.bundle, life, this.keyring.env, ears)
  }

  /** Removes that computer. */
  clearElsewhere(): void {
    rmSync(join(this.#ground.folder, 'other-computer'), { recursive: true, force: true })
  }

  /**
   * Lets a second process of the vault try to open what the first one has open. Usually the app's single-instance lock prevents this. Where
   * a lock does not hold, as on some network drives, the cache itself has to refuse the second process and must not be damaged.
   */
  async second(): Promise<void> {
    this.count('second-instance')
    const deaf = (): void => undefined
    const other = await this.#start({ step: deaf, made: deaf, begun: deaf, done: deaf, fault: deaf })
    for (const task of ['open', 'lock', 'open', 'lock', 'open'] as const) await other.ask({ do: task })
    other.kill()
    await other.end()
  }

  count(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1)
  }

  /** The files that the vault has set aside since the last call. */
  setAside(): string[] {
    const all = readdirSync(join(this.disk.folder, 'vault', 'cache')).filter((name) => name.includes('set-aside'))
    const now = all.filter((name) => !this.#setAside.has(name))
    for (const name of now) this.#setAside.add(name)
    return now
  }

  /** The server's own list, while the vault is not running. */
  async truth(): Promise<ToldKey[]> {
    if (this.served !== null) return this.served.elsewhere.keys()
    const folder = join(this.disk.folder, 'vault', 'backend')
    if (!existsSync(folder)) return []
    // A copy, because libsql closes a file only some time after it was asked to, and a disk with an open file cannot be made read-only.
    const copy = join(this.#ground.folder, 'server-copy')
    rmSync(copy, { recursive: true, force: true })
    cpSync(folder, copy, { recursive: true })
    const database = await openDatabase(copy)
    try {
      const rows = await database.store.selectFrom('api_keys').select(['id', 'name', 'disabled', 'value_hash']).execute()
      for (const { id, name, value_hash } of rows) if (!this.ledger.keys.has(id)) this.ledger.createdHere(id, name, value_hash, false)
      return rows.map(({ id, name, disabled }) => ({ id, name, enabled: disabled === 0 }))
    } finally {
      await database.close()
    }
  }

  async end(): Promise<void> {
    await this.served?.stop()
    await this.keyring.stop()
    this.disk.remove()
  }
}
