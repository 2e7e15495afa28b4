import type { Channel, Sealed } from '../../../../clients/shared/secure-session/channel.ts'
import { startHandshake, type PairingKeys, answerHandshake } from '../../../../clients/shared/secure-session/handshake.ts'
import { newKeyPair } from '../../../../clients/shared/secure-session/keys.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'

/** Both sides of one pairing, as they are stored. */
export async function paired(pairing = '0123456789abcdef'): Promise<{ extension: PairingKeys; app: PairingKeys }> {
  const [theirs, ours] = [await newKeyPair(), await newKeyPair(true)]
  return {
    extension: { pairing, ours: theirs, theirs: ours.publicKey },
    app: { pairing, ours, theirs: theirs.publicKey },
  }
}

export interface Session {
  readonly extension: Channel
  readonly app: Channel
  /** What the two sent in clear. */
  readonly said: {
    readonly hello: Awaited<ReturnType<typeof startHandshake>>['hello']
    readonly welcome: Awaited<ReturnType<typeof answerHandshake>>['welcome']
    readonly join: Awaited<ReturnType<Awaited<ReturnType<typeof startHandshake>>['join']>>['join']
  }
}

/** A session between both sides, whose messages pass through `between`. */
export async function session(sides: { extension: PairingKeys; app: PairingKeys }, between: Between = {}): Promise<Session> {
  const { hello = same, welcome: changed = same, join = same } = between
  const extension = await startHandshake(sides.extension)
  const app = await answerHandshake(sides.app, hello(extension.hello))
  const joined = await extension.join(changed(app.welcome))
  const channel = await app.finish(join(joined.join))
  return { extension: joined.channel, app: channel, said: { hello: extension.hello, welcome: app.welcome, join: joined.join } }
}

type Change<T> = (said: T) => T
export interface Between {
  hello?: Change<Session['said']['hello']>
  welcome?: Change<Session['said']['welcome']>
  join?: Change<Session['said']['join']>
}
const same = <T>(said: T): T => said

/** @returns the frame in which a message is sent */
export async function sent(channel: Channel, message: unknown): Promise<Sealed> {
  const frames: Sealed[] = []
  await channel.send(message, (frame) => frames.push(frame))
  const [frame] = frames
  if (frame === undefined || frames.length > 1) throw new Error(`sent in ${frames.length} frames`)
  return frame
}

/** @returns why a promise was rejected, which has to be a SessionFault */
export async function faultOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof SessionFault) return error.reason
  throw error
}

/** Flips one bit of base64url text, `at` counted in bytes; negative from the end. */
export function flipped(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url')
  const index = at < 0 ? bytes.length + at : at
  bytes[index] = (bytes[index] ?? 0) ^ 1
  return bytes.toString('base64url')
}
