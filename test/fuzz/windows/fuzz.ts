import { type IpcMainInvokeEvent, type WebContents, webContents } from 'electron'
import * as v from 'valibot'
import type { Calls } from '../../../preload/bridge.ts'
import { refusalCodes } from '../../../preload/refusal-codes.ts'
import type { Random } from '../../torture/random.ts'
import { mutated } from '../mutation.ts'
import { example, Heard, type Known } from './examples.ts'
import { forgeries } from './forgeries.ts'
import { odd, throughPage } from './odd.ts'
import { passphrase, Person } from './person.ts'
import type { Secrets } from './secrets.ts'
import type { Seen } from './surroundings.ts'

export type PageName = 'index' | 'prompt' | 'palette'

interface Parts {
  readonly contracts: Readonly<Record<PageName, Calls>>
  readonly seen: Seen
  readonly secrets: Secrets
  /** A backend on this computer that one can sign in to. */
  readonly serverUrl: string
  readonly random: Random
}

interface Channel {
  readonly name: string
  readonly page: PageName
  readonly input: v.GenericSchema
  readonly output: v.GenericSchema
  /** Whether it takes a passphrase. */
  readonly passphrase: boolean
  /** Messages sent, and milliseconds that its handler took with those that it takes. */
  sent: number
  spent: number
}

/** How many milliseconds of its handler's a message costs at most, on the average: what is slow gets fewer messages that it takes. */
const handlerTime = 0.035
/** Messages at a time. */
const abreast = 16
const patience = 60_000
/** How long it goes without one: each gives the pages new processes. */
const betweenLocks = 3_000

/** Messages to every channel, in any order, of which most are refused where they come in and some do what they say. */
export class Fuzz {
  readonly #parts: Parts
  readonly #channels: readonly Channel[]
  readonly #heard = new Heard()
  readonly #known: Known
  readonly #person: Person
  readonly tally = { channels: 0, messages: 0, handled: 0, throughPage: 0, forged: 0, crashes: 0, escapes: 0, values: 0, given: 0 }
  readonly #windows = new Map<PageName, WebContents>()
  #sinceLock = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#channels = Object.entries(parts.contracts).flatMap(([page, calls]) =>
      Object.entries(calls).map(([name, { input, output }]) => ({
        ...{ name, page: page as PageName, input, output, sent: 0, spent: 0 },
        passphrase: JSON.stringify(input).includes('"passphrase"'),
      })),
    )
    this.tally.channels = this.#channels.length
    this.#person = new Person(async (name, input) => {
      const told = await this.#invoke('index', name, input)
      const channel = this.#channels.find((one) => one.name === name)
      if (channel !== undefined) this.#judge(channel, input, told)
      return told
    })
    this.#known = {
      heard: this.#heard,
      texts: {
        passphrase: [passphrase],
        password: ['correct horse battery', 'short'],
        email: ['ada@example.test', 'bob@example.test', 'nobody'],
        appId: ['app-1', 'other'],
        ...(parts.serverUrl === '' ? {} : { url: [parts.serverUrl, parts.serverUrl, 'https://console.example.com', ''] }),
        value: ['A'.repeat(64), 'short', ''],
        token: ['x.y.z'],
      },
    }
  }

  /** @param messages so many a channel */
  async run(messages: number): Promise<object> {
    const { seen, random } = this.#parts
    await this.#untilShown()
    let left = this.#channels
    for (let batch = 0; left.length > 0; batch += 1) {
      this.#windows.clear() // some may have gone, and others come
      if (batch % 25 === 0) await this.#person.tend()
      const [first, ...others] = left
      if (first === undefined) break
      const chosen = Array.from({ length: abreast }, () => random.of([first, ...others]))
      if (batch % 60 === 59) await this.#sendThroughPage()
      else await Promise.all(chosen.map((channel) => this.#send(channel)))
      left = left.filter(({ sent }) => sent < messages)
    }
    for (const fault of seen.faults) this.#crash('an error that nobody caught', fault)
    this.tally.values += seen.leaks
    const slowest = [...this.#channels].sort((one, other) => other.spent - one.spent).slice(0, 5)
    return { ...this.tally, cpuSeconds: Math.round(process.cpuUsage().user / 1e6), slowest: slowest.map(({ name, spent }) => `${name} ${Math.round(spent)} ms`) }
  }

  async #send(channel: Channel): Promise<void> {
    const { random } = this.#parts
    channel.sent += 1
    this.tally.messages += 1
    this.#sinceLock += 1
    const input = this.#message(channel)
    if (random.chance(0.1)) {
      this.tally.forged += 1
      for (const event of [random.of(forgeries(this.#contents(channel.page), this.#others(channel.page)))]) {
        const told = await this.#call(channel.name, event, input)
        if (!isRefused(told)) this.#escape(`${channel.name} from a sender who may not`, told)
      }
      return
    }
    const taken = v.is(channel.input, input)
    const start = performance.now()
    const told = await this.#invoke(channel.page, channel.name, input)
    if (taken) {
      this.tally.handled += 1
      channel.spent += performance.now() - start
    } else if (!isRefused(told)) this.#escape(`${channel.name} in another shape`, told)
    this.#judge(channel, input, told)
  }

  /** A message that the channel's schema takes, if there is time for one, or one with something changed that it does not take. */
  #message({ name, input: schema, passphrase, sent, spent }: Channel): unknown {
    const { random } = this.#parts
    const mayHandle = spent <= sent * handlerTime && (name !== 'app.lock' || this.#sinceLock > betweenLocks)
    const right = example(schema, this.#known, random)
    if (mayHandle && random.chance(0.3)) {
      if (name === 'app.lock') this.#sinceLock = 0
      return right
    }
    for (let tries = 0; tries < 6; tries += 1) {
      const changed = structuredCloneOrNull(random.chance(0.15) ? odd(random) : mutated(right, random))
      // A passphrase that nobody knows would keep the vault shut for the rest.
      const mayBeTaken = mayHandle && name !== 'app.lock' && !(passphrase && random.chance(0.98))
      if (mayBeTaken || !v.is(schema, changed)) return changed
    }
    return { nothing: 'of this' }
  }

  #judge({ name, output }: Channel, input: unknown, told: unknown): void {
    if (isRefused(told)) return
    const { secrets } = this.#parts
    const answer = told as { ok?: unknown; code?: unknown; value?: unknown } | null
    if (answer?.ok === false && Object.keys(answer).length === 2) {
      if (answer.code === 'internal') this.#crash(`${name} was answered with internal`, input)
      else if (!(refusalCodes as readonly unknown[]).includes(answer.code)) this.#crash(`${name} was answered with no code`, answer)
    } else if (answer?.ok === true && v.is(output, answer.value)) {
      const revealed = name === 'keys.reveal' ? (answer.value as { value: string }).value : null
      if (revealed !== null) this.tally.given += 1
      if (secrets.isIn(JSON.stringify(answer), revealed)) this.tally.values += 1
      if (revealed !== null) secrets.note(`/value/${(input as { id: string }).id}`, revealed) // also where the keychain is another one
      if (revealed === null) this.#heard.take(answer.value)
    } else this.#crash(`${name} was answered with what its contract does not have`, input)
  }

  /** As the preload of that window's page sends it. */
  #invoke(page: PageName, name: string, input: unknown): Promise<unknown> {
    const sender = this.#contents(page)
    if (sender === null) return this.#call(name, { sender: null, senderFrame: null }, input)
    return this.#call(name, { sender, senderFrame: sender.mainFrame }, input)
  }

  async #call(name: string, event: object, input: unknown): Promise<unknown> {
    const listener = this.#parts.seen.listeners.get(`call:${name}`)
    if (listener === undefined) throw new Error(`nothing listens to ${name}`)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience)))
    try {
      const told = await Promise.race([listener(event as IpcMainInvokeEvent, input), late])
      if (told === null) this.#crash(`${name} was not answered`, input)
      return told
    } catch (error) {
      this.#crash(`${name} threw`, error)
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  /** A page that was taken over, by its real preload and over the real border: what it is told, it is told as text. */
  async #sendThroughPage(): Promise<void> {
    const { random, secrets } = this.#parts
    const contents = this.#contents('index')
    const channels = this.#channels.filter(({ page, name }) => page === 'index' && name !== 'app.lock')
    const [first, ...others] = channels
    if (contents === null || first === undefined) return
    const messages = Array.from({ length: abreast }, () => {
      const channel = random.of([first, ...others])
      const input = mutated(example(channel.input, this.#known, random), random)
      return { name: channel.name, input: v.is(channel.input, input) ? { nothing: 'of this' } : input }
    })
    const answers = await throughPage(contents, messages, random)
    for (const told of answers) {
      this.tally.throughPage += 1
      if (secrets.isIn(told)) this.tally.values += 1
    }
  }

  /** What came from a page itself, and how it was answered: the border may have changed what the page said. */
  arrived(call: string, input: unknown, told: unknown): void {
    const channel = this.#channels.find(({ name }) => `call:${name}` === call)
    if (channel === undefined) return
    if (!v.is(channel.input, input) && !isRefused(told)) this.#escape(`${channel.name} in another shape, by a page`, told)
  }

  #contents(page: PageName): WebContents | null {
    const known = this.#windows.get(page)
    if (known?.isDestroyed() === false) return known
    const found = webContents.getAllWebContents().find((one) => !one.isDestroyed() && one.getURL() === `app://bundle/${page}.html`)
    if (found !== undefined) this.#windows.set(page, found)
    return found ?? null
  }

  #others(page: PageName): WebContents[] {
    return (['index', 'prompt', 'palette'] as const).filter((other) => other !== page).flatMap((other) => this.#contents(other) ?? [])
  }

  async #untilShown(): Promise<void> {
    while (this.#contents('index') === null || this.#contents('palette') === null) await new Promise((resolve) => setTimeout(resolve, 100))
  }

  #escape(what: string, told: unknown): void {
    this.tally.escapes += 1
    if (this.tally.escapes <= 40) console.error(`ESCAPE ${what}:`, JSON.stringify(told)?.slice(0, 500))
  }

  #crash(what: string, more: unknown): void {
    this.tally.crashes += 1
    if (this.tally.crashes <= 40) console.error(`CRASH ${what}:`, more instanceof Error ? more : JSON.stringify(more)?.slice(0, 500))
  }
}

function isRefused(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || Object.keys(told).length !== 2) return false
  return 'ok' in told && told.ok === false && 'code' in told && told.code === 'input-invalid'
}

/** As Electron copies a message on its way; null for what it would not take. */
function structuredCloneOrNull(message: unknown): unknown {
  try {
    return structuredClone(message)
  } catch {
    return null
  }
}
