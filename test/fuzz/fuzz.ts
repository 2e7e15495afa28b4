import { encodeFrame } from '../../clients/shared/protocol/frames.ts'
import { Random } from '../torture/random.ts'
import { Client } from './client.ts'
import { asBrowser, asCommand, type Conversation, inSession } from './conversations.ts'
import { formsOf } from './forms.ts'
import { newWorld, type World } from './world.ts'

export interface Tally {
  readonly seed: number
  /** Messages sent, most of them changed. */
  readonly frames: number
  /** Errors that nobody caught, faults that the agent told of, and times when it did not answer who asked rightly. */
  readonly crashes: number
  /** Answers with the value that nobody may have. */
  readonly values: number
  /** Answers with the value that everybody may have: what shows that such an answer would have been seen. */
  readonly given: number
}

const conversations = { asCommand, asBrowser, inSession } satisfies Record<string, Conversation>

interface Order {
  readonly frames: number
  readonly seed: number
  /** Conversations at a time. */
  readonly lanes: number
  /** The native messaging host's program, if all of them go through it. */
  readonly host: string | null
  /** Told now and then how far it is. */
  readonly progress?: (tally: Tally) => void
}

/** A vault of twins copies its journal at each line of it: after so many messages there is a new one. */
const ofOneWorld = 1_000

/** Sends so many messages to a real agent. The same seed sends the same ones, in each of the lanes. */
export async function fuzz({ frames, seed, lanes, host, progress }: Order): Promise<Tally> {
  const tally = { seed, frames: 0, crashes: 0, values: 0, given: 0 }
  const crashed = (error: unknown): void => {
    tally.crashes += 1
    console.error(error)
  }
  process.on('uncaughtException', crashed).on('unhandledRejection', crashed)
  try {
    for (let round = 0; tally.frames < frames; round += 1) {
      const world = await newWorld(host)
      const upTo = Math.min(frames, tally.frames + ofOneWorld)
      const ended = await Promise.allSettled(
        Array.from({ length: lanes }, (_one, lane) => converse(world, tally, crashed, upTo, [seed, round, lane])),
      )
      world.faults.forEach(crashed)
      world.end()
      for (const one of ended) if (one.status === 'rejected') throw one.reason
      progress?.(tally)
    }
    return tally
  } finally {
    process.off('uncaughtException', crashed).off('unhandledRejection', crashed)
  }
}

async function converse(
  world: World,
  tally: Mutable<Tally>,
  crashed: (error: unknown) => void,
  upTo: number,
  words: number[],
): Promise<void> {
  const [guarded, open] = [formsOf(world.guarded), formsOf(world.open)]
  for (let turn = 0; tally.frames < upTo; turn += 1) {
    const random = new Random(...words, turn)
    const kind = random.weighted(world.weights)
    let heard = ''
    tally.frames += await conversations[kind](world, random, (said) => (heard += typeof said === 'string' ? said : said.toString('latin1')))
    if (guarded.some((form) => heard.includes(form))) tally.values += 1
    if (open.some((form) => heard.includes(form))) tally.given += 1
    if (turn % 50 === 0 && !(await answers(world))) crashed(new Error('no answer to who asks rightly'))
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Whether it answers who asks rightly, at one of a few times: on a busy computer it may take that one for silent. */
async function answers({ connect }: World): Promise<boolean> {
  let right = false
  for (let tries = 0; tries < 5 && !right; tries += 1) {
    const client = new Client(connect(), () => undefined)
    client.onMessage = (message) => (right ||= JSON.stringify(message).startsWith('{"id":1,"ok":true'))
    client.send(
      Buffer.concat(
        [
          { kind: 'command', version: 1 },
          { id: 1, call: 'list', input: null },
        ].map(encodeFrame),
      ),
    )
    await client.over(60_000)
  }
  return right
}
