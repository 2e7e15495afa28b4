/**
 * A session's two halves, each HPKE (RFC 9180) in its Auth mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 *
 * Each half is sent by a pairing's static key to the other's ephemeral key of this session. So only who has the one can have
 * sealed, only who has the other can open, and both are gone afterwards: what was recorded stays closed even to who gets the static
 * keys later, and with the app's static key alone nobody can play the extension to the app. Both halves are bound to everything said
 * before them; each has its own label, so that nothing sealed for one direction opens in the other.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, type RecipientContext, type SenderContext } from '@hpke/core'
import { type Bytes, decode, encode, utf8 } from './bytes.ts'
import { Channel } from './channel.ts'
import { digest } from './digest.ts'
import { importPublic, type Key, type KeyPair, newKeyPair, publicBytes, publicText } from './keys.ts'
import { type OpeningStep, type ReplyStep, version } from './opening.ts'
import { SessionFault } from './session-fault.ts'

/** What one side keeps of a pairing. */
export interface PairingKeys {
  readonly pairing: string
  readonly ours: KeyPair
  readonly theirs: Key
}

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const nothing = new Uint8Array(0)
const clear = { kind: 'browser', version } as const

/** @returns what to say, and what to do with the answer, once */
export async function greet(keys: PairingKeys): Promise<{
  hello: OpeningStep<'hello'>
  join: (welcome: ReplyStep<'welcome'>) => Promise<{ join: OpeningStep<'join'>; channel: Channel }>
}> {
  const own = await newKeyPair()
  const hello = { ...clear, step: 'hello', pairing: keys.pairing, key: await publicText(own.publicKey) } as const
  return {
    hello,
    async join(welcome) {
      const their = await importPublic(welcome.key)
      const said = await transcript(keys.pairing, keys.ours.publicKey, keys.theirs, own.publicKey, their)
      const opens = await opener(own, keys.theirs, welcome, await digest(toExtension, said))
      const seals = await sealer(keys.ours, their, await digest(toApp, said, ...halfOf(welcome)))
      return { join: { ...clear, step: 'join', ...(await half(seals)) }, channel: new Channel(seals, opens) }
    },
  }
}

/** @returns what to answer, and what to do with what comes then, once. Until that is done nobody is known to be there */
export async function welcome(
  keys: PairingKeys,
  hello: OpeningStep<'hello'>,
): Promise<{ welcome: ReplyStep<'welcome'>; finish: (join: OpeningStep<'join'>) => Promise<Channel> }> {
  const their = await importPublic(hello.key)
  const own = await newKeyPair()
  const said = await transcript(keys.pairing, keys.theirs, keys.ours.publicKey, their, own.publicKey)
  const seals = await sealer(keys.ours, their, await digest(toExtension, said))
  const answer = { ...clear, step: 'welcome', key: await publicText(own.publicKey), ...(await half(seals)) } as const
  return {
    welcome: answer,
    async finish(join) {
      const opens = await opener(own, keys.theirs, join, await digest(toApp, said, ...halfOf(answer)))
      return new Channel(seals, opens)
    },
  }
}

const toExtension = `latchkey session ${version} app to extension`
const toApp = `latchkey session ${version} extension to app`

/** Everything that both sides know before the halves: the extension's part first, whichever side asks. */
async function transcript(pairing: string, extension: Key, app: Key, extensionOwn: Key, appOwn: Key): Promise<Bytes> {
  const keys = await Promise.all([extension, app, extensionOwn, appOwn].map(publicBytes))
  return digest(`latchkey session ${version}`, utf8(pairing), ...keys)
}

function sealer(senderKey: KeyPair, recipientPublicKey: Key, info: Bytes): Promise<SenderContext> {
  return suite.createSenderContext({ senderKey, recipientPublicKey, info })
}

/** The half's first message is empty: that it opens proves who sealed it. @throws SessionFault `unproven` */
async function opener(recipientKey: KeyPair, senderPublicKey: Key, said: Half, info: Bytes): Promise<RecipientContext> {
  const [enc, proof] = halfOf(said)
  try {
    const opens = await suite.createRecipientContext({ recipientKey, senderPublicKey, enc, info })
    await opens.open(proof)
    return opens
  } catch {
    throw new SessionFault('unproven')
  }
}

/** A half as it is said: the key that HPKE made for it, and its first message. Base64url. */
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
