import * as v from 'valibot'
import type { Calls } from '../../../preload/bridge.ts'
import { refusalCodes } from '../../../shared/lists/refusal-codes.ts'
import type { Random } from '../../torture/random.ts'
import { mutated } from '../mutation.ts'
import { isRefused, revealedIn } from './answers.ts'
import { Confirming } from './confirming.ts'
import { example, Heard, type Known } from './examples.ts'
import { forgeries } from './forgeries.ts'
import { odd, throughPage } from './odd.ts'
import { passphrase, Person } from './person.ts'
import type { Secrets } from './secrets.ts'
import { type PageName, Senders } from './senders.ts'
import type { Seen } from './surroundings.ts'
import { orElse } from '../../../shared/or-else.ts'

interface Parts {
  readonly contracts: Readonly<Record<PageName, Calls>>
  readonly seen: Seen
  readonly secrets: Secrets
  /** A backend on this computer to sign in to. */
  readonly serverUrl: string
  readonly random: Random
}

interface Channel {
  readonly name: string
  readonly page: PageName
  readonly input: v.GenericSchema
  readonly output: v.GenericSchema
  /** Whether its input contains a passphrase. */
  readonly passphrase: boolean
  /** The number of messages sent, and the milliseconds that their handlers took for valid ones. */
  sent: number
  spent: number
}

/** The state that the next process continues from, because a lock ends this one. */
export interface State {
  readonly tally: Fuzz['tally']
  readonly channels: readonly Pick<Channel, 'name' | 'sent' | 'spent'>[]
  readonly secrets: readonly [string, string][]
}

/** The maximum of a handler's time per message on average, in milliseconds: slow channels get fewer valid messages. */
const handlerTime = 0.035
/** The number of concurrent messages. */
const concurrency = 16
/** The number of processes of a run: each lock ends one, and a new one replaces it. */
const processes = 20

/** Sends messages to every channel, in any order. Most are refused on arrival, and some are carried out. */
export class Fuzz {
  readonly #parts: Parts
  readonly #channels: readonly Channel[]
  readonly #senders: Senders
  readonly #heard = new Heard()
  readonly #known: Known
  readonly #person: Person
  readonly #confirming: Confirming
  tally = { channels: 0, messages: 0, handled: 0, throughPage: 0, forged: 0, locks: 0, crashes: 0, escapes: 0, values: 0, given: 0 }
  #sinceLock = 0
  #betweenLocks = 0
  #save = (): void => undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#channels = Object.entries(parts.contracts).flatMap(([page, calls]) =>
      Object.entries(calls).map(([name, { input, output }]) => ({
        ...{ name, page: page as PageName, input, output, sent: 0, spent: 0 },
        passphrase: JSON.stringify(input).includes('"passphrase"'),
      })),
    )
    this.#senders = new Senders(parts.seen.listeners, (what, more) => this.#crash(what, more))
    this.tally.channels = this.#channels.length
    this.#person = new Person(async (name, input) => {
      const told = await this.#senders.invoke('index', name, input)
      const channel = this.#channels.find((one) => one.name === name)
      if (channel !== undefined) this.#judge(channel, input, told)
      return told
    })
    this.#confirming = new Confirming((name, input) => this.#senders.invoke('prompt', name, input))
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

  /** The state to be saved for the next process. */
  state(): State {
    const { secrets, seen } = this.#parts
    const faults = seen.faults.map((fault) => String((fault as Error | null)?.stack ?? fault))
    const channels = this.#channels.map(({ name, sent, spent }) => ({ name, sent, spent }))
    return {
      tally: { ...this.tally, values: this.tally.values + seen.leaks, crashes: this.tally.crashes + faults.length },
      channels,
      secrets: secrets.noted(),
    }
  }

  resume({ tally, channels, secrets }: State): void {
    this.tally = tally
    for (const [item, value] of secrets) this.#parts.secrets.note(item, value)
    for (const { name, sent, spent } of channels) Object.assign(this.#channels.find((one) => one.name === name) ?? {}, { sent, spent })
  }

  /**
   * @param messages so many per channel
   * @param save called now and then, and before a lock
   */
  async run(messages: number, save: (state: State) => void): Promise<object> {
    const { random } = this.#parts
    this.#betweenLocks = Math.ceil((messages * this.#channels.length) / processes)
    this.#save = () => save(this.state())
    await this.#senders.untilShown()
    let left = this.#channels
    for (let batch = 0; left.length > 0; batch += 1) {
      this.#senders.lookAgain()
      if (batch % 25 === 0) await this.#person.restore()
      if (batch % 100 === 0) this.#save()
      const [first, ...others] = left
      if (first === undefined) break
      const chosen = Array.from({ length: concurrency }, () => random.of([first, ...others]))
      if (batch % 60 === 59) await this.#sendThroughPage()
      else await Promise.all(chosen.map((channel) => this.#send(channel)))
      left = left.filter(({ sent }) => sent < messages)
    }
    for (const fault of this.#parts.seen.faults) console.error('CRASH an error that nobody caught:', fault)
    const slowest = [...this.#channels].sort((one, other) => other.spent - one.spent).slice(0, 5)
    return {
      ...this.state().tally,
      cpuSeconds: Math.round(process.cpuUsage().user / 1e6),
      slowest: slowest.map(({ name, spent }) => `${name} ${Math.round(spent)} ms`),
    }
  }

  async #send(channel: Channel): Promise<void> {
    const { random } = this.#parts
    channel.sent += 1
    this.tally.messages += 1
    this.#sinceLock += 1
    const input = this.#message(channel)
    if (random.chance(0.1)) {
      this.tally.forged += 1
      for (const event of [random.of(forgeries(this.#senders.contents(channel.page), this.#senders.others(channel.page)))]) {
        const told = await this.#senders.call(channel.name, event, input)
        if (!isRefused(told)) this.#escape(`${channel.name} from a sender who may not`, told)
      }
      return
    }
    const taken = v.is(channel.input, input)
    const start = performance.now()
    const told = await this.#confirming.during(channel.name, this.#senders.invoke(channel.page, channel.name, input))
    if (taken) {
      this.tally.handled += 1
      channel.spent += performance.now() - start
    } else if (!isRefused(told)) this.#escape(`${channel.name} in another shape`, told)
    this.#judge(channel, input, told)
  }

  /** A valid message for the channel if there is time for one, otherwise one with a change that makes it invalid. */
  #message({ name, input: schema, passphrase, sent, spent }: Channel): unknown {
    const { random } = this.#parts
    const mayHandle = spent <= sent * handlerTime && (name !== 'app.lock' || this.#sinceLock > this.#betweenLocks)
    const right = example(schema, this.#known, random)
    if (mayHandle && random.chance(0.3)) {
      if (name === 'app.lock') {
        this.#sinceLock = 0
        this.tally.locks += 1
        this.#save()
      }
      return right
    }
    for (let tries = 0; tries < 6; tries += 1) {
      const changed = structuredCloneOrNull(random.chance(0.15) ? odd(random) : mutated(right, random))
      // A passphrase that nobody knows would keep the vault closed for the rest of the run.
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
      this.#look(`the answer of ${name}`, JSON.stringify(answer), revealed)
      if (revealed !== null) secrets.note(`/value/${(input as { id: string }).id}`, revealed) // also if another keychain is in use
      if (revealed === null) this.#heard.take(answer.value)
    } else this.#crash(`${name} was answered with what its contract does not have`, input)
  }

  /** A compromised page, with its real preload and the real bridge. Its messages are passed to it as text. */
  async #sendThroughPage(): Promise<void> {
    const { random } = this.#parts
    const contents = this.#senders.contents('index')
    const channels = this.#channels.filter(({ page, name }) => page === 'index' && name !== 'app.lock')
    const [first, ...others] = channels
    if (contents === null || first === undefined) return
    const messages = Array.from({ length: concurrency }, () => {
      const channel = random.of([first, ...others])
      const input = mutated(example(channel.input, this.#known, random), random)
      return { name: channel.name, input: v.is(channel.input, input) ? { nothing: 'of this' } : input }
    })
    const answers = await throughPage(contents, messages, random)
    for (const [at, told] of answers.entries()) {
      const name = messages[at]?.name
      this.tally.throughPage += 1
      // The bridge drops a `__proto__`, so the message that arrives may be valid: `arrived` checks that one.
      this.#look(`the answer of ${name} to a page`, told, name === 'keys.reveal' ? revealedIn(told) : null)
    }
  }

  /** What arrived from a page, and how it was answered: the bridge may have changed the message. */
  arrived(call: string, input: unknown, told: unknown): void {
    const channel = this.#channels.find(({ name }) => `call:${name}` === call)
    if (channel === undefined) return
    if (!v.is(channel.input, input) && !isRefused(told)) this.#escape(`${channel.name} in another shape, by a page`, told)
  }

  #look(where: string, told: string, given: string | null = null): void {
    const item = this.#parts.secrets.itemIn(told, given)
    if (item === null) return
    this.tally.values += 1
    console.error(`VALUE of ${item} in ${where}`)
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

/** Copies a message as Electron does on its way; null for what Electron cannot copy. */
function structuredCloneOrNull(message: unknown): unknown {
  return orElse(() => structuredClone(message), null)
}
