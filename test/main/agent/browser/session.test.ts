import { beforeEach, describe, expect, it } from 'vitest'
import type { Sealed } from '../../../../clients/shared/secure-session/channel.ts'
import { startHandshake, type PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { dropPairing } from '../../../../main/vault/release/pairings.ts'
import { flipped } from '../../../clients/shared/secure-session/parties.ts'
import { Gate } from '../../vault/fixtures/gate.ts'
import { Browsing, type Line, place } from './browsing.ts'
import { codeRefused } from './refused.ts'

let app: Browsing
let keys: PairingKeys
let line: Line

beforeEach(async () => {
  app = await Browsing.begin()
  app.allowSite()
  keys = await app.paired()
  line = await app.session(keys)
})

/** What a recorder between the two has of the extension's sealed messages. */
const sealedSaid = ({ wire }: Line): Sealed[] => wire.toApp.filter((one): one is Sealed => (one as Sealed).kind === 'sealed')
const offers = (on = line): Promise<unknown> => on.extension.call('offers', { place })

describe('a browser session', () => {
  it('answers while its pairing lives and the vault is open', async () => {
    expect(await offers()).toMatchObject({ keys: [{ name: 'ci' }], locked: false })
    expect(line.ended()).toBe(null)
  })

  it('answers several requests at once, each its own', async () => {
    const { gate, filling } = await app.askedToFill(line)
    expect(await offers()).toMatchObject({ keys: [{ name: 'ci' }] })
    gate.open()
    expect(await filling).toEqual({ value: app.value })
  })

  it('shows nothing of what is said in it, the value least of all', async () => {
    const { keys: offered } = await line.extension.call('offers', { place })
    await line.extension.call('fill', { place, ref: offered[0]?.ref ?? '' })
    const said = JSON.stringify([line.wire.toApp, line.wire.toExtension])
    for (const secret of [app.value, 'console.example.com', offered[0]?.ref ?? 'ref']) {
      for (const offset of [0, 1, 2]) {
        const form = Buffer.from('_'.repeat(offset) + secret)
          .toString('base64url')
          .slice(4, -4)
        expect(said).not.toContain(form)
      }
      expect(said).not.toContain(secret)
    }
  })

  it('refuses one request whose input is wrong, and goes on', async () => {
    const wrong = [null, {}, { place: { ...place, more: 1 } }, { place, ref: 7 }, { place: { ...place, url: 'x'.repeat(9000) } }]
    for (const input of wrong) {
      expect(await codeRefused(line.extension.call('offers', input as never))).toBe('request-invalid')
    }
    expect(await offers()).toMatchObject({ keys: [{ name: 'ci' }] })
  })

  it('keeps a fault of ours to itself, and reports it', async () => {
    app.person.choosing = () => Promise.reject(new Error('canary'))
    expect(await codeRefused(line.extension.call('learn', { place }))).toBe('internal')
    expect(app.reported).toEqual([new Error('canary')])
    expect(line.ended()).toBe(null)
  })
})

describe('a browser session ends, with all requests in flight, at', () => {
  /** That the app ended the connection, said nothing more, and did not answer. */
  async function ends(attack: () => Promise<void>, code = 'request-invalid'): Promise<void> {
    const before = line.wire.toExtension.length
    await attack()
    await line.settled()
    expect(line.ended()).toBe(code)
    expect(line.wire.toExtension.length).toBe(before)
    await expect(offers()).rejects.toThrow()
    expect(line.wire.toExtension.length).toBe(before)
  }

  it('a replay', async () => {
    await offers()
    await ends(async () => line.session.handle(sealedSaid(line)[0]))
  })

  it('a reordered message', async () => {
    const kept: unknown[] = []
    line.wire.changeToApp = (message) => (kept.push(message) < 2 ? [] : [kept[1], kept[0]])
    await ends(async () => void (await Promise.allSettled([offers(), offers()])))
  })

  it('a dropped message', async () => {
    line.wire.changeToApp = () => {
      line.wire.changeToApp = (message) => [message]
      return []
    }
    await ends(async () => void (await Promise.allSettled([offers(), offers()])))
  })

  it('a message sent back to who sealed it', async () => {
    await offers()
    await ends(async () => line.session.handle(line.wire.toExtension.at(-1)))
  })

  it('a flipped bit', async () => {
    line.wire.changeToApp = (message) => [{ ...(message as Sealed), data: flipped((message as Sealed).data, 3) }]
    await ends(async () => void (await offers().catch(() => {})))
  })

  it('a second session on the same connection', async () => {
    const { hello } = await startHandshake(keys)
    await ends(async () => line.session.handle(hello))
  })

  it('a pairing inside of it', async () => {
    await ends(async () => line.session.handle({ kind: 'browser', version: 2, step: 'confirm' }))
    expect(app.person.codes).toHaveLength(1)
  })

  it('a message that is too large, or of wrong types', async () => {
    await ends(async () => line.session.handle({ kind: 'sealed', data: 'A'.repeat(70_000) }))
    for (const message of [null, 7, [], { kind: 'sealed', data: 7 }, { kind: 'sealed', data: 'AAAA', more: 1 }]) {
      line = await app.session(keys)
      await ends(async () => line.session.handle(message))
    }
  })

  it('a request that is none', async () => {
    for (const request of [
      null,
      { id: 0, call: 'offers', input: {} },
      { id: 1, call: 'reveal', input: {} },
      { id: 1, call: 'offers', input: {}, more: 1 },
    ]) {
      const channel = await rawSession()
      await ends(() => channel(request))
    }
  })

  it('a lock', async () => {
    await app.fixture.vault.lock()
    await ends(async () => void (await offers().catch(() => {})), 'locked')
  })

  it('a lock that a creation under way holds up: by then it is in force', async () => {
    const gate = new Gate()
    app.fixture.keychain.failing = async (call) => {
      if (call === 'write') await gate.pass()
      return null
    }
    const creating = createKey(app.fixture.opened, app.account.id, 'next')
    await gate.reached
    const locking = app.fixture.vault.lock()
    await ends(async () => void (await offers().catch(() => {})), 'locked')
    gate.open()
    await Promise.all([creating, locking])
  })

  it('a lock while it was locked and opened again meanwhile', async () => {
    await app.fixture.vault.lock()
    await app.fixture.vault.open()
    await ends(async () => void (await offers().catch(() => {})), 'locked')
  })

  it('a lock while a value was asked for: it is not given', async () => {
    const { gate, filling } = await app.askedToFill(line)
    await ends(async () => {
      await app.fixture.vault.lock()
      gate.open()
      expect(await codeRefused(filling)).toBe('locked')
    }, 'locked')
  })

  it('the end of its pairing', async () => {
    dropPairing(app.fixture.opened, keys.pairing)
    await ends(async () => void (await offers().catch(() => {})), 'pairing-needed')
  })

  it('the end of its pairing, though nobody asks anything', async () => {
    app.door.endSessions(keys.pairing)
    await ends(async () => void (await offers().catch(() => {})))
  })

  it('a newer session of the same pairing, once that has proved its key', async () => {
    const newer = app.connect()
    newer.wire.changeToApp = (message) => ((message as { step?: string }).step === 'join' ? [] : [message])
    await newer.extension.open(keys)
    await newer.settled()
    expect(await offers()).toMatchObject({ locked: false })

    const newest = await app.session(keys)
    await ends(async () => void (await offers().catch(() => {})))
    expect(await offers(newest)).toMatchObject({ locked: false })
  })

  it('the connection’s end: what was asked is withdrawn, and no value leaves the vault', async () => {
    const { gate, filling } = await app.askedToFill(line)
    const before = line.wire.toExtension.length
    line.session.end()
    expect(app.fixture.approver.asked).toMatchObject([{ withdrawn: { aborted: true } }])
    gate.open() // answered all the same, at the very moment
    await line.settled()
    expect(await codeRefused(filling)).toBe('closed')
    expect(line.wire.toExtension.length).toBe(before)
    expect(app.fixture.opened.cache.releases(app.account.id)).toEqual([])
  })

  /** A session whose sealed messages are whatever the test says. */
  async function rawSession(): Promise<(message: unknown) => Promise<void>> {
    line = app.connect()
    let welcomed: (welcome: unknown) => void = () => {}
    const welcome = new Promise<unknown>((resolve) => (welcomed = resolve))
    line.wire.changeToExtension = (message) => (welcomed(message), [])
    const { hello, join } = await startHandshake(keys)
    await line.session.handle(hello)
    const joined = await join((await welcome) as Parameters<typeof join>[0])
    await line.session.handle(joined.join)
    await line.settled()
    return (message) => joined.channel.send(message, (frame) => void line.session.handle(frame))
  }
})

describe('the extension ends a session at', () => {
  it.each([
    ['a replayed answer', (answer: Sealed) => [answer, answer]],
    ['a flipped bit', (answer: Sealed) => [{ ...answer, data: flipped(answer.data, 0) }]],
    ['an answer in clear', () => [{ id: 1, ok: true, value: { keys: [], locked: false } }]],
  ])('%s', async (_what, change) => {
    line.wire.changeToExtension = (message) => change(message as Sealed)
    await offers().catch(() => {})
    await line.settled()
    expect(line.ended()).toBe('closed')
    await expect(offers()).rejects.toEqual(new SessionFault('ended'))
  })

  it('its own message sent back', async () => {
    line.wire.changeToApp = (message) => (void line.extension.hear(message), [])
    await expect(offers()).rejects.toEqual(new SessionFault('not-opened'))
    expect(line.ended()).toBe('closed')
  })
})
