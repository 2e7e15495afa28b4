/**
 * A session has two halves, one per direction, each HPKE (RFC 9180) in Auth mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 *
 * Each half is sealed by the pairing's static key of one side to the ephemeral session key of the other. Only the holder of the static key
 * can seal it, and only the holder of the ephemeral key can open it. Ephemeral keys are deleted afterwards, so recorded sessions stay
 * closed even if the static keys leak later, and the app's static key alone does not allow anybody to impersonate the extension to the app.
 * Both halves are bound to the whole transcript before them. Each has its own label, so that a message of one direction does not open in
 * the other.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, type RecipientContext, type SenderContext } from '@hpke/core'
import { type Bytes, decode, encode, utf8 } from './bytes.ts'
import { Channel } from './channel.ts'
import { digest } from './digest.ts'
import { importPublic, type Key, type KeyPair, newKeyPair, publicBytes, publicText } from './keys.ts'
import { type OpeningStep, type ReplyStep, version } from './opening.ts'
import { SessionFault } from './session-fault.ts'

/** What one side stores of a pairing. */
export interface PairingKeys {
  readonly pairing: string
  readonly ours: KeyPair
  readonly theirs: Key
}

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const nothing = new Uint8Array(0)
const clear = { kind: 'browser', version } as const

/** @returns the message to send, and a function that handles the answer, once */
export async function startHandshake(keys: PairingKeys): Promise<{
  hello: OpeningStep<'hello'>
  join: (welcome: ReplyStep<'welcome'>) => Promise<{ join: OpeningStep<'join'>; channel: Channel }>
}> {
  const own = await newKeyPair()
  const hello = { ...clear, step: 'hello', pairing: keys.pairing, key: await publicText(own.publicKey) } as const
  return {
    hello,
    async join(welcome) {
      const their = await importPublic(welcome.key)
      const preamble = await transcript(keys.pairing, keys.ours.publicKey, keys.theirs, own.publicKey, their)
      const opens = await opener(own, keys.theirs, welcome, await digest(toExtension, preamble))
      const seals = await sealer(keys.ours, their, await digest(toApp, preamble, ...halfOf(welcome)))
      return { join: { ...clear, step: 'join', ...(await half(seals)) }, channel: new Channel(seals, opens) }
    },
  }
}

/** @returns the answer, and a function that handles the next message, once. Until that has succeeded, the peer is not authenticated */
export async function answerHandshake(
  keys: PairingKeys,
  hello: OpeningStep<'hello'>,
): Promise<{ welcome: ReplyStep<'welcome'>; finish: (join: OpeningStep<'join'>) => Promise<Channel> }> {
  const their = await importPublic(hello.key)
  const own = await newKeyPair()
  const preamble = await transcript(keys.pairing, keys.theirs, keys.ours.publicKey, their, own.publicKey)
  const seals = await sealer(keys.ours, their, await digest(toExtension, preamble))
  const answer = { ...clear, step: 'welcome', key: await publicText(own.publicKey), ...(await half(seals)) } as const
  return {
    welcome: answer,
    async finish(join) {
      const opens = await opener(own, keys.theirs, join, await digest(toApp, preamble, ...halfOf(answer)))
      return new Channel(seals, opens)
    },
  }
}

const toExtension = `latchkey session ${version} app to extension`
const toApp = `latchkey session ${version} extension to app`

/** The transcript before the halves, as both sides know it: the extension's part first on both sides. */
async function transcript(pairing: string, extension: Key, app: Key, extensionOwn: Key, appOwn: Key): Promise<Bytes> {
  const keys = await Promise.all([extension, app, extensionOwn, appOwn].map(publicBytes))
  return digest(`latchkey session ${version}`, utf8(pairing), ...keys)
}

function sealer(senderKey: KeyPair, recipientPublicKey: Key, info: Bytes): Promise<SenderContext> {
  return suite.createSenderContext({ senderKey, recipientPublicKey, info })
}

/** The half's first message is empty. That it decrypts proves who sealed it. @throws SessionFault `unproven` */
async function opener(recipientKey: KeyPair, senderPublicKey: Key, half: Half, info: Bytes): Promise<RecipientContext> {
  const [enc, proof] = halfOf(half)
  try {
    const opens = await suite.createRecipientContext({ recipientKey, senderPublicKey, enc, info })
    await opens.open(proof)
    return opens
  } catch {
    throw new SessionFault('unproven')
  }
}

/** A half as it is sent: HPKE's encapsulated key and the first message. Base64url. */
interface Half {
  readonly enc: string
  readonly proof: string
}

async function half(seals: SenderContext): Promise<Half> {
  return { enc: encode(new Uint8Array(seals.enc)), proof: encode(new Uint8Array(await seals.seal(nothing))) }
}

function halfOf({ enc, proof }: Half): [enc: Bytes, proof: Bytes] {
  return [decode(enc), decode(proof)]
}
