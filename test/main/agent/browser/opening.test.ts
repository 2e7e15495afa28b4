import { beforeEach, describe, expect, it } from 'vitest'
import { startHandshake, type PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'
import { newKeyPair } from '../../../../clients/shared/secure-session/keys.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'
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

const offers = (on = line): Promise<unknown> => on.extension.call('offers', { place })

describe('a browser session is not opened', () => {
  it('to an unpaired extension', async () => {
    const other = app.connect()
    expect(await codeRefused(other.extension.open({ ...keys, pairing: '0123456789abcdef' }))).toBe('pairing-needed')
    expect(other.ended()).toBe(null)
  })

  it('to whoever has a pairing’s name, but not its key', async () => {
    const stranger = { ...keys, ours: await newKeyPair() }
    const other = app.connect()
    const opening = other.extension.open(stranger)
    await expect(opening).rejects.toEqual(new SessionFault('unproven')) // it cannot even read the app's proof
    const { hello } = await startHandshake(stranger)
    const blind = app.connect()
    blind.wire.changeToExtension = () => []
    await blind.session.handle(hello)
    await blind.session.handle(line.wire.toApp.find((one) => (one as { step?: string }).step === 'join'))
    await blind.settled()
    expect(blind.ended()).toBe('request-invalid')
  })

  it('with another pairing’s key', async () => {
    const another = await app.paired()
    await expect(app.connect().extension.open({ ...another, pairing: keys.pairing })).rejects.toEqual(new SessionFault('unproven'))
  })

  it('with an app that is not the one paired with', async () => {
    const false_ = { ...keys, theirs: (await newKeyPair()).publicKey }
    const other = app.connect()
    await expect(other.extension.open(false_)).rejects.toEqual(new SessionFault('unproven'))
    expect(other.ended()).toBe('closed')
  })

  it('while the vault is locked; the same connection may ask again after it was opened', async () => {
    await app.fixture.vault.lock()
    const other = app.connect()
    expect(await codeRefused(other.extension.open(keys))).toBe('locked')
    await app.fixture.vault.open()
    await other.extension.open(keys)
    expect(await offers(other)).toMatchObject({ keys: [{ name: 'ci' }] })
  })

  it('before the vault has settled, and is then', async () => {
    await app.fixture.vault.lock()
    app.settled = app.fixture.vault.open()
    const other = app.connect()
    await other.extension.open(keys)
    expect(await offers(other)).toMatchObject({ keys: [{ name: 'ci' }] })
  })

  it('by repeating what another session said', async () => {
    await offers()
    const again = app.connect()
    again.wire.changeToExtension = () => []
    for (const message of line.wire.toApp) await again.session.handle(message)
    await again.settled()
    expect(again.ended()).toBe('request-invalid')
    expect(again.wire.toExtension).toHaveLength(1) // its welcome, with an ephemeral key of its own
  })

  it('in another version', async () => {
    const { hello } = await startHandshake(keys)
    for (const version of [1, 3]) {
      const other = app.connect()
      await other.session.handle({ ...hello, version })
      await other.settled()
      expect(other.ended()).toBe('request-invalid')
    }
  })
})
