import { encodeFrame } from '../../clients/shared/protocol/frames.ts'
import { Random } from '../torture/random.ts'
import { Client } from './client.ts'
import { asBrowser, asCommand, type Conversation, inSession } from './conversations.ts'
import { formsOf } from './forms.ts'
import { newWorld, type World } from './world.ts'

export interface Tally {
  readonly seed: number
  /** The number of messages sent, most of them changed. */
  readonly frames: number
  /** Uncaught errors, faults that the agent reported, and valid requests that it did not answer. */
  readonly crashes: number
  /** Answers that contain the value of `guarded`, which nobody may get. */
  readonly values: number
  /** Answers that contain the value of `open`, which everybody may get. They show that the search would find one. */
  readonly given: number
}

const conversations = { asCommand, asBrowser, inSession } satisfies Record<string, Conversation>

interface Order {
  readonly frames: number
  readonly seed: number
  /** The number of concurrent conversations. */
  readonly lanes: number
  /** The program of the native messaging host, if all conversations go through it. */
  readonly host: string | null
  /** Called now and then with the progress. */
  readonly progress?: (tally: Tally) => void
}

/** The fake cache copies its journal at each new line, so after so many messages a new vault is used. */
const ofOneWorld = 1_000

/** Sends so many messages to a real agent. The same seed gives the same messages in each lane. */
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

/** Whether a valid request is answered. It is repeated a few times, because a busy computer may answer one too late. */
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
