import { describe, expect, it } from 'vitest'
import { startHandshake, answerHandshake } from '../../../../clients/shared/secure-session/handshake.ts'
import { exportPair, importPair, newKeyPair, publicText } from '../../../../clients/shared/secure-session/keys.ts'
import { parseOpening, parseReply } from '../../../../clients/shared/secure-session/opening.ts'
import { faultOf, flipped, paired, sent, session } from './parties.ts'

describe('opening a session', () => {
  it('lets both sides read one another, and repeats no bytes in two sessions', async () => {
    const sides = await paired()
    const [one, other] = [await session(sides), await session(sides)]
    for (const { extension, app } of [one, other]) {
      expect(await app.open(await sent(extension, { ask: 1 }))).toEqual({ ask: 1 })
      expect(await extension.open(await sent(app, { answer: 1 }))).toEqual({ answer: 1 })
    }
    expect(one.said.hello.key).not.toBe(other.said.hello.key)
    expect(one.said.welcome.key).not.toBe(other.said.welcome.key)
    expect(one.said.welcome.enc).not.toBe(other.said.welcome.enc)
    expect(await sent(one.app, 'same')).not.toEqual(await sent(other.app, 'same'))
  })

  it('sends in clear only what the strict parsers of both sides accept', async () => {
    const { said } = await session(await paired())
    expect(parseOpening(said.hello)).toEqual(said.hello)
    expect(parseReply(said.welcome)).toEqual(said.welcome)
    expect(parseOpening(said.join)).toEqual(said.join)
  })

  it('works with a non-extractable private key, and with one that was stored as text', async () => {
    const sides = await paired()
    await expect(globalThis.crypto.subtle.exportKey('pkcs8', sides.extension.ours.privateKey)).rejects.toThrow()
    const kept = await importPair(await exportPair(sides.app.ours))
    await expect(globalThis.crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow()
    const { extension, app } = await session({ ...sides, app: { ...sides.app, ours: kept } })
    expect(await app.open(await sent(extension, 'read'))).toBe('read')
  })
})

describe('a session is not opened', () => {
  it('to an unpaired extension that has its own key and another’s pairing id', async () => {
    const sides = await paired()
    const stranger = { ...sides.extension, ours: await newKeyPair() }
    expect(await faultOf(session({ ...sides, extension: stranger }))).toBe('unproven')
  })

  it('to an unpaired extension that does not check the app’s proof', async () => {
    const sides = await paired()
    const app = await answerHandshake(sides.app, (await startHandshake(sides.extension)).hello)
    const { join } = (await session(await paired())).said
    expect(await faultOf(app.finish(join))).toBe('unproven')
  })

  it('by an app that is not the paired one', async () => {
    const sides = await paired()
    const stranger = { ...sides.app, ours: await newKeyPair() }
    expect(await faultOf(session({ ...sides, app: stranger }))).toBe('unproven')
  })

  it('with the keys of another pairing', async () => {
    const [one, other] = [await paired(), await paired()]
    expect(await faultOf(session({ extension: one.extension, app: other.app }))).toBe('unproven')
  })

  it('under another pairing’s id with the same keys', async () => {
    const sides = await paired()
    expect(await faultOf(session({ ...sides, app: { ...sides.app, pairing: 'fedcba9876543210' } }))).toBe('unproven')
  })

  it('if the app’s static key is known, but not the extension’s', async () => {
    const sides = await paired()
    const thief = { ...sides.extension, ours: sides.app.ours }
    expect(await faultOf(session({ ...sides, extension: thief }))).toBe('unproven')
  })

  it('if a man in the middle replaces an ephemeral key in either direction', async () => {
    const key = await publicText((await newKeyPair()).publicKey)
    expect(await faultOf(session(await paired(), { hello: (said) => ({ ...said, key }) }))).toBe('unproven')
    expect(await faultOf(session(await paired(), { welcome: (said) => ({ ...said, key }) }))).toBe('unproven')
  })

  it('if one bit of a half or its proof was changed', async () => {
    for (const at of [0, -1]) {
      const proof = (said: { proof: string }): string => flipped(said.proof, at)
      expect(await faultOf(session(await paired(), { welcome: (said) => ({ ...said, proof: proof(said) }) }))).toBe('unproven')
      expect(await faultOf(session(await paired(), { join: (said) => ({ ...said, proof: proof(said) }) }))).toBe('unproven')
    }
    expect(await faultOf(session(await paired(), { welcome: (said) => ({ ...said, enc: flipped(said.enc, -1) }) }))).toBe('unproven')
    expect(await faultOf(session(await paired(), { join: (said) => ({ ...said, enc: flipped(said.enc, -1) }) }))).toBe('unproven')
  })

  it('by replaying another session', async () => {
    const sides = await paired()
    const { said } = await session(sides)
    expect(await faultOf(session(sides, { welcome: () => said.welcome }))).toBe('unproven')
    expect(await faultOf(session(sides, { join: () => said.join }))).toBe('unproven')
  })

  it('by reflecting a half to its sender', async () => {
    const sides = await paired()
    const app = await answerHandshake(sides.app, (await startHandshake(sides.extension)).hello)
    expect(await faultOf(app.finish({ ...app.welcome, step: 'join' }))).toBe('unproven')
  })

  it('with a key that is not a point on the curve', async () => {
    const sides = await paired()
    const { hello } = await startHandshake(sides.extension)
    expect(await faultOf(answerHandshake(sides.app, { ...hello, key: flipped(hello.key, -1) }))).toBe('malformed')
    expect(await faultOf(session(sides, { welcome: (said) => ({ ...said, key: flipped(said.key, 1) }) }))).toBe('malformed')
  })
})

describe('reusing an ephemeral key', () => {
  it('gives other keys: messages recorded in one session do not open in another', async () => {
    const sides = await paired()
    const first = await startHandshake(sides.extension)
    const app = await answerHandshake(sides.app, first.hello)
    const joined = await first.join(app.welcome)
    const channel = await app.finish(joined.join)
    const recorded = await sent(joined.channel, 'once')
    expect(await channel.open(recorded)).toBe('once')

    const again = await answerHandshake(sides.app, first.hello)
    expect(again.welcome.key).not.toBe(app.welcome.key)
    expect(await faultOf(again.finish(joined.join))).toBe('unproven')
    const second = await again.finish((await first.join(again.welcome)).join)
    expect(await faultOf(second.open(recorded))).toBe('not-opened')
  })
})
