import { encodeFrame } from '../../clients/shared/protocol/frames.ts'
import { AppRefusal } from '../../clients/shared/secure-session/app-connection.ts'
import type { BrowserCallName } from '../../clients/shared/protocol/browser.ts'
import { SessionFault } from '../../clients/shared/secure-session/session-fault.ts'
import type { Random } from '../torture/random.ts'
import { Client } from './client.ts'
import { damaged, mutated } from './mutation.ts'
import { browserAt, guardedSite, openSite, type World } from './world.ts'
import { withDeadline } from '../../shared/deadline.ts'

const hello = { kind: 'command', version: 1 }
const reference = (random: Random): object => ({
  account: random.of([null, 'This computer']),
  key: random.of(['guarded', 'open', 'open', 'none']),
})

/**
 * Has one conversation with invalid messages.
 * @returns how many messages were sent
 */
export type Conversation = (world: World, random: Random, seen: (said: Buffer | string) => void) => Promise<number>

/** Messages of programs that are, or pretend to be, the `latchkey` command. */
export const asCommand: Conversation = async ({ connect, patience }, random, seen) => {
  const client = new Client(connect(), seen)
  const frames = [frameOf(hello, 0.05, random)]
  const last = random.whole(1, 8)
  for (let id = 1; id <= last; id += 1) frames.push(frameOf(request(id, random), 0.4, random))
  await sendAll(client, frames, random)
  await client.over(patience)
  return frames.length
}

/** Unencrypted messages of programs that are, or pretend to be, a browser's host. */
export const asBrowser: Conversation = async ({ connect, pairing, patience }, random, seen) => {
  const client = new Client(connect(), seen)
  const text = (length: number): string => 'B' + 'A'.repeat(length - 1)
  const clear = { kind: 'browser', version: 2 }
  const openings: [object, ...object[]] = [
    { ...clear, step: 'pair', key: text(87), commitment: text(43) },
    { ...clear, step: 'reveal', nonce: text(43) },
    { ...clear, step: 'confirm' },
    { ...clear, step: 'hello', pairing: pairing.pairing, key: text(87) },
    { ...clear, step: 'join', enc: text(87), proof: text(22) },
    { kind: 'sealed', data: text(200) },
  ]
  const frames: Buffer[] = []
  for (let left = random.whole(1, 5); left > 0; left -= 1) frames.push(frameOf(random.of(openings), 0.6, random))
  frames.push(encodeFrame('over')) // the agent has to end the connection now, if it has not done so before
  await sendAll(client, frames, random)
  await client.over(patience)
  return frames.length
}

/** Messages of a compromised extension that is paired: encrypted correctly, then changed in transit. */
export const inSession: Conversation = async ({ connect, pairing, longest, patience }, random, seen) => {
  const { client, extension } = browserAt(connect(), seen)
  let sent = 2
  // On a busy computer the first message may come too late, and the agent ends the connection.
  const opened = await extension.open(pairing).then(
    () => true,
    (error: unknown) => expected(error, false),
  )
  if (!opened) return sent
  const refs: string[] = []
  for (let left = random.whole(5, longest); left > 0; left -= 1) {
    const { call, input } = Object(mutatedOrNot(browserRequest(refs, random), 0.6, random)) as { call: BrowserCallName; input: never }
    sent += 1
    if (random.chance(0.1)) client.send(frameOf({ kind: 'sealed', data: 'A'.repeat(random.whole(1, 400)) }, 0.5, random))
    try {
      const answer: unknown = await within(patience, extension.call(call, input))
      seen(JSON.stringify(answer))
      refs.push(...refsIn(answer))
    } catch (error) {
      // The extension's own end fails on the answer to a call with an unknown name.
      if (!(error instanceof TypeError)) expected(error, null)
    }
  }
  client.say('over')
  await client.over(patience)
  return sent + 1
}

const late = new Error('no answer')

/** The possible outcomes of a changed message: it is refused, it ends the session, or it is no message at all. */
function expected<T>(error: unknown, then: T): T {
  if (error instanceof AppRefusal || error instanceof SessionFault || error === late) return then
  throw error
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return withDeadline(work, milliseconds, () => {
    throw late
  })
}

function request(id: number, random: Random): unknown {
  const references = Array.from({ length: random.whole(1, 3) }, () => reference(random))
  return random.of<object>([
    { id, call: 'status', input: null },
    { id, call: 'list', input: null },
    { id, call: 'get', input: { reference: reference(random) } },
    { id, call: 'run', input: { references, command: 'make' } },
    { id, call: 'inject', input: { references, file: 'app.env' } },
    { id, call: 'login', input: { url: random.of([guardedSite, `${guardedSite}/a.git`, openSite, 'https://evil.example']) } },
    { id, call: 'copy', input: { reference: reference(random) } },
    { id, call: 'quick', input: null },
    { id, call: 'doctor', input: null },
  ])
}

function browserRequest(refs: readonly string[], random: Random): object {
  const url = `${random.of([guardedSite, openSite, 'https://evil.example', `${guardedSite}.evil.example`])}/page`
  const place = { url, top: random.of([url, `${guardedSite}/`]), ancestors: random.of([[], [guardedSite], ['null']]) }
  const [first = 'A'.repeat(22), ...rest] = refs
  return random.of<object>([
    { call: 'offers', input: { place } },
    { call: 'fill', input: { place, ref: random.of([first, ...rest]) } },
    { call: 'learn', input: { place } },
  ])
}

function refsIn(answer: unknown): string[] {
  return [...JSON.stringify(answer).matchAll(/"ref":"([^"]+)"/g)].map(([, ref = '']) => ref)
}

function frameOf(message: unknown, share: number, random: Random): Buffer {
  const changed = mutatedOrNot(message, share, random)
  const body = Buffer.from(JSON.stringify(changed) ?? 'null')
  const head = Buffer.alloc(4)
  head.writeUInt32LE(body.length)
  const frame = Buffer.concat([head, body]) // also a frame above the maximum length
  return random.chance(share * 0.25) ? damaged(frame, random) : frame
}

function mutatedOrNot(message: unknown, share: number, random: Random): unknown {
  return random.chance(share) ? mutated(message, random) : message
}

/** Sends the bytes at once, or in pieces that end anywhere. */
async function sendAll(client: Client, frames: readonly Buffer[], random: Random): Promise<void> {
  const bytes = Buffer.concat(frames)
  for (let at = 0; at < bytes.length;) {
    const end = random.chance(0.7) ? bytes.length : at + random.whole(1, bytes.length)
    client.send(bytes.subarray(at, end))
    at = end
    await new Promise((resolve) => setImmediate(resolve))
  }
}
