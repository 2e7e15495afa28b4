import { listen } from '../../../backend/serving/listener.ts'
import { Random } from '../../torture/random.ts'
import { checkAnswer, type Judged } from './answers.ts'
import { requestOf, type Sent } from './requests.ts'
import { exchangeRaw, isAlive } from './raw.ts'
import { newWorld, origin, type Tokens, type World } from './world.ts'
import { withDeadline } from '../../../shared/deadline.ts'

export interface Tally extends Judged {
  readonly part: 'backend'
  readonly seed: number
  /** The number of answered requests: in process, and over HTTP. */
  readonly messages: number
  readonly overHttp: number
}

interface Order {
  /** How many in process. A twentieth as many are also sent over HTTP, as bytes of which some are damaged. */
  readonly messages: number
  readonly seed: number
  readonly progress?: (done: number) => void
}

const lanes = 24
/** The attacker's sessions are renewed after so many requests, because some requests end them. */
const ofOneLife = 250
/** Longer than a flood of passwords can take in the queue of a busy computer, in milliseconds. */
const deadline = 180_000

/** Sends so many requests to a real backend with a store on disk. The same seed gives the same kinds of requests. */
export async function fuzzBackend(order: Order): Promise<Tally> {
  const { messages, seed } = order
  const tally = { part: 'backend' as const, seed, messages: 0, overHttp: 0, crashes: 0, escapes: 0, values: 0, given: 0 }
  const crashed = (error: unknown): void => {
    tally.crashes += 1
    console.error(error)
  }
  process.on('uncaughtException', crashed).on('unhandledRejection', crashed)
  const world = await newWorld()
  try {
    const attackers = new Attackers(world)
    await Promise.all(Array.from({ length: lanes }, (_one, lane) => ask(world, attackers, tally, order, new Random(seed, lane), crashed)))
    await overHttp(world, tally, Math.ceil(messages / 20), new Random(seed, 'http'), crashed)
    await world.requireWhole().catch(crashed)
    world.faults.forEach(crashed)
    return tally
  } finally {
    await world.end()
    process.off('uncaughtException', crashed).off('unhandledRejection', crashed)
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Counts = Mutable<Tally>

/** The attacker's sessions, renewed now and then. */
class Attackers {
  readonly #world: World
  #asked = 0
  #current: Promise<readonly [Tokens, ...Tokens[]]>

  constructor(world: World) {
    this.#world = world
    this.#current = this.#renew()
  }

  now(): Promise<readonly [Tokens, ...Tokens[]]> {
    this.#asked += 1
    if (this.#asked % ofOneLife === 0) {
      this.#world.ahead += 1_000 // the clock moves on, so that throttled requests are accepted again and access tokens expire now and then
      this.#current = this.#renew()
    }
    return this.#current
  }

  async #renew(): Promise<readonly [Tokens, ...Tokens[]]> {
    return Object.values(await this.#world.attacker()) as [Tokens, ...Tokens[]]
  }
}

async function ask(
  world: World,
  attackers: Attackers,
  tally: Counts,
  { messages, progress }: Order,
  random: Random,
  crashed: (error: unknown) => void,
): Promise<void> {
  while (tally.messages < messages) {
    const sent = await requestOf(world, await attackers.now(), random)
    const request = newRequest(sent)
    if (request === null) continue
    tally.messages += 1
    if (tally.messages % 2_000 === 0) progress?.(tally.messages)
    const address = random.chance(0.2) ? undefined : `10.${random.whole(0, 255)}.${random.whole(0, 255)}.1`
    const answer = await within(deadline, world.backend.fetch(request, address === undefined ? undefined : { address })).catch(
      (error: unknown) => {
        crashed(new Error(`${sent.method} ${sent.path.slice(0, 200)}`, { cause: error }))
        return null
      },
    )
    if (answer !== null) checkAnswer(world, sent, answer, await answer.text(), tally, crashed)
  }
}

/** @returns null for an input of which Node itself makes no request */
function newRequest({ method, path, headers, body }: Sent): Request | null {
  try {
    return new Request(origin + path, { method, headers, body: body === null ? null : new Uint8Array(body) })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

async function overHttp(world: World, tally: Counts, messages: number, random: Random, crashed: (error: unknown) => void): Promise<void> {
  const listener = await listen(world.backend, { port: 0, host: '127.0.0.1', behindProxy: true })
  const port = Number(new URL(listener.url).port)
  try {
    const attackers = new Attackers(world)
    const lane = async (): Promise<void> => {
      while (tally.overHttp < messages) {
        tally.overHttp += 1
        const said = await within(deadline, exchangeRaw(port, await requestOf(world, await attackers.now(), random), random)).catch(
          (error: unknown) => (crashed(error), ''),
        )
        if (world.secrets.some((form) => said.includes(form))) tally.values += 1
        if (/^HTTP\/1\.1 5(?!03)/m.test(said)) crashed(new Error('answered 5xx'))
        if (tally.overHttp % 100 === 0 && !(await isAlive(port))) crashed(new Error('no answer to who asks rightly'))
      }
    }
    await Promise.all(Array.from({ length: 8 }, lane))
  } finally {
    await listener.close()
  }
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return withDeadline(work, milliseconds, () => {
    throw new Error('no answer in time')
  })
}
