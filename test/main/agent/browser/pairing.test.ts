import { beforeEach, describe, expect, it, vi } from 'vitest'
import { encode } from '../../../../clients/shared/secure-session/bytes.ts'
import { commitmentTo, newNonce } from '../../../../clients/shared/secure-session/comparison.ts'
import { newKeyPair, publicText } from '../../../../clients/shared/secure-session/keys.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { ourKeyOf } from '../../../../main/vault/release/pairings.ts'
import { Gate } from '../../vault/fixtures/gate.ts'
import { Browsing, type Line, refuse } from './browsing.ts'
import { codeRefused } from './refused.ts'

let app: Browsing
let line: Line
beforeEach(async () => {
  app = await Browsing.begin()
  line = app.connect()
})
const pairings = () => app.fixture.opened.cache.pairings()
/** Changes a message if it is that of a step. */
const atStep = (step: string, change: object) => (message: unknown) => [
  { ...(message as object), ...((message as { step: string }).step === step ? change : {}) },
]

describe('pairing', () => {
  it('shows the same six digits on both sides, and is kept once both have confirmed', async () => {
    const comparison = await line.extension.pair()
    await line.settled()
    expect(app.person.codes).toEqual([comparison.code])
    expect(comparison.code).toMatch(/^\d{6}$/)
    expect(pairings()).toEqual([])

    comparison.confirm()
    const kept = await comparison.done
    const [pairing] = pairings()
    expect(pairing).toMatchObject({ id: kept.pairing, browser: '/usr/lib/chromium/chromium', at: app.fixture.now, lastAt: null })
    expect(pairing?.theirKey).toBe(await publicText(kept.ours.publicKey))
    expect(kept.ours.privateKey.extractable).toBe(false)
  })

  it('goes on to a session on the same connection', async () => {
    await line.extension.open(await app.paired(line))
    await line.settled()
    expect(pairings()[0]?.lastAt).toBe(app.fixture.now)
  })

  it('waits for whichever side confirms last', async () => {
    const { gate, comparison } = await app.halfPaired(line)
    comparison.confirm() // pressed twice
    expect(pairings()).toEqual([])
    gate.open()
    expect((await comparison.done).pairing).toBe(pairings()[0]?.id)
  })

  it('keeps our private key sealed under the root key, for this pairing alone', async () => {
    const [one, other] = [await app.paired(), await app.paired()]
    expect(one.pairing).not.toBe(other.pairing)
    const [first, second] = pairings()
    if (first === undefined || second === undefined) throw new Error('not kept')
    const [ours, theirs] = [ourKeyOf(app.fixture.opened, first).expose(), ourKeyOf(app.fixture.opened, second).expose()]
    expect(ours).not.toBe(theirs)
    const { d } = JSON.parse(ours) as { d: string }
    expect(JSON.stringify(pairings())).not.toContain(d)
  })

  it('says nothing of a value, and nothing that could open one', async () => {
    await app.paired(line)
    const said = JSON.stringify([line.wire.toApp, line.wire.toExtension])
    expect(said).not.toContain(app.value)
    expect(said).not.toContain(app.fixture.keychain.items.get(items.root))
  })
})

describe('pairing is refused', () => {
  it('when the person says no, and can be asked for again on the same connection', async () => {
    app.person.pairing = refuse('pairing-refused')
    const refused = await line.extension.pair()
    expect(await codeRefused(refused.done)).toBe('pairing-refused')
    expect(pairings()).toEqual([])
    app.person.pairing = async () => {}
    await app.paired(line)
    expect(pairings()).toHaveLength(1)
    expect(line.ended()).toBe(null)
  })

  it('while the vault is locked, and when it was locked before the person answered', async () => {
    const { gate, comparison } = await app.halfPaired(line)
    await app.fixture.vault.lock()
    gate.open()
    expect(await codeRefused(comparison.done)).toBe('locked')
    expect(await codeRefused(app.connect().extension.pair())).toBe('locked')
    await app.fixture.vault.open()
    expect(pairings()).toEqual([])
  })

  it('when the connection ended before the person answered', async () => {
    const { gate, comparison } = await app.halfPaired(line)
    line.session.end()
    expect(app.person.withdrawn?.aborted).toBe(true)
    gate.open()
    await line.settled()
    expect(await codeRefused(comparison.done)).toBe('closed')
    expect(pairings()).toEqual([])
  })

  it('on a vault that cannot keep it', async () => {
    app.fixture.keychain.items.delete(items.root)
    await app.fixture.vault.lock()
    await app.fixture.vault.open()
    expect(app.fixture.opened.readOnly).toBe('keychain-reset')
    expect(await codeRefused(app.connect().extension.pair())).toBe('read-only')
  })
})

/** Somebody stands between a real extension and a real app, and pairs with each in the other's place. */
async function pairedBetween(app: Browsing): Promise<{ appCode: string | undefined; extensionCode: string }> {
  const [key, nonce] = [await newKeyPair(), newNonce()]
  const line = app.connect()
  const [appKey, appNonce] = [await newKeyPair(), newNonce()]
  const offered = {
    key: await publicText(appKey.publicKey),
    commitment: await commitmentTo('app', appKey.publicKey, appNonce),
  }
  const own = { key: await publicText(key.publicKey), commitment: await commitmentTo('extension', key.publicKey, nonce) }
  line.wire.changeToApp = (message) => {
    const { step } = message as { step: string }
    return [{ ...(message as object), ...(step === 'pair' ? own : step === 'reveal' ? { nonce: encode(nonce) } : {}) }]
  }
  line.wire.changeToExtension = (message) => {
    const { step } = message as { step: string }
    return [{ ...(message as object), ...(step === 'offer' ? offered : step === 'revealed' ? { nonce: encode(appNonce) } : {}) }]
  }
  const { code } = await line.extension.pair()
  await line.settled()
  return { appCode: app.person.codes[0], extensionCode: code }
}

describe('an attack on pairing', () => {
  it('by a machine in the middle shows two different codes', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const app = await Browsing.begin()
      const { appCode, extensionCode } = await pairedBetween(app)
      expect(appCode).toMatch(/^\d{6}$/)
      if (appCode !== extensionCode) return // by luck alone they are the same: once in a million
    }
    expect.unreachable()
  })

  it.each([
    ['reveals another nonce', 'reveal', async () => ({ nonce: encode(newNonce()) })],
    ['reveals a nonce of zeros', 'reveal', async () => ({ nonce: encode(new Uint8Array(32)) })],
    ['puts another key in its first message', 'pair', async () => ({ key: await publicText((await newKeyPair()).publicKey) })],
  ])('that %s does not open the commitment, and ends before anything is shown', async (_, step, change) => {
    line.wire.changeToApp = atStep(step, await change())
    expect(await codeRefused(line.extension.pair())).toBe('request-invalid')
    await line.settled()
    expect(line.ended()).toBe('request-invalid')
    expect(app.person.codes).toEqual([])
  })

  it.each(['offer', 'revealed'])(
    'by an app whose nonce is not the one that its offer committed to shows no code: another %s',
    async (changed) => {
      const other = {
        offer: { commitment: await commitmentTo('extension', (await newKeyPair()).publicKey, newNonce()) },
        revealed: { nonce: encode(newNonce()) },
      }[changed]
      line.wire.changeToExtension = atStep(changed, other ?? {})
      await expect(line.extension.pair()).rejects.toEqual(new SessionFault('unproven'))
      expect(line.ended()).toBe('closed')
    },
  )

  it('by an app that calls it done before the person has compared is not believed', async () => {
    app.person.pairing = () => new Promise(() => {})
    const comparison = await line.extension.pair()
    await line.extension.hear({ kind: 'browser', version: 2, step: 'paired', pairing: '0123456789abcdef' })
    await expect(comparison.done).rejects.toEqual(new SessionFault('out-of-turn'))
    expect(line.ended()).toBe('closed')
  })

  it('by repeating what an earlier pairing said meets another key and nonce, and so another code', async () => {
    await app.paired(line)
    const again = app.connect()
    again.wire.changeToExtension = () => []
    for (const message of line.wire.toApp.slice(0, 2)) await again.session.handle(message)
    await again.settled()
    const [first, second] = [line.wire.toExtension[0], again.wire.toExtension[0]] as { key: string; commitment: string }[]
    expect(second?.key).not.toBe(first?.key)
    expect(second?.commitment).not.toBe(first?.commitment)
    expect(new Set(app.person.codes).size).toBe(2)
  })

  it.each([
    ['reveals before it was offered anything', [{ step: 'reveal', nonce: 'A'.repeat(43) }]],
    ['confirms what it did not begin', [{ step: 'confirm' }]],
    ['joins what was not opened', [{ step: 'join', enc: `B${'A'.repeat(86)}`, proof: 'A'.repeat(22) }]],
    ['says what the app says', [{ step: 'paired', pairing: '0123456789abcdef' }]],
    ['speaks an older version', [{ version: 1, step: 'confirm' }]],
    ['speaks a newer version', [{ version: 3, step: 'confirm' }]],
    ['has a field too many', [{ step: 'confirm', more: 1 }]],
    ['has a key that is no key', [{ step: 'pair', key: `B${'A'.repeat(86)}`, commitment: 'A'.repeat(43) }]],
    ['begins with a sealed message', [{ kind: 'sealed', data: 'AAAA' }]],
  ])('that %s ends the connection', async (_what, messages) => {
    for (const message of messages) await line.session.handle({ kind: 'browser', version: 2, ...message })
    await line.settled()
    expect(line.ended()).toBe('request-invalid')
    expect(line.wire.toExtension).toEqual([])
    expect([app.person.codes, app.reported]).toEqual([[], []])
  })

  it.each(['pair', 'reveal', 'confirm'])('that says its %s twice ends the connection', async (step) => {
    app.person.pairing = () => new Promise(() => {})
    line.wire.changeToApp = (message) => ((message as { step: string }).step === step ? [message, message] : [message])
    const pairing = line.extension.pair().then((comparison) => (comparison.confirm(), comparison.done))
    expect(await codeRefused(pairing)).toBe('request-invalid')
    expect(line.ended()).toBe('request-invalid')
    expect(pairings()).toEqual([])
  })

  it('that confirms before it has revealed ends the connection', async () => {
    line.wire.changeToApp = (message) =>
      (message as { step: string }).step === 'reveal' ? [{ kind: 'browser', version: 2, step: 'confirm' }] : [message]
    expect(await codeRefused(line.extension.pair())).toBe('request-invalid')
    expect([line.ended(), app.person.codes]).toEqual(['request-invalid', []])
  })

  it('that confirms before a person can see the code ends the connection', async () => {
    const gate = new Gate()
    app.person.showing = () => gate.pass()
    const pairing = codeRefused(line.extension.pair())
    await gate.reached
    await line.session.handle({ kind: 'browser', version: 2, step: 'confirm' })
    expect(await pairing).toBe('request-invalid')
    expect([line.ended(), pairings()]).toEqual(['request-invalid', []])
  })
})

// A program between the two worked out the app's code from its offer, and began pairings until one had the code that the extension
// showed: nobody saw the others.
describe('the code of a pairing cannot be tried unseen', () => {
  /** Says what a program says that has an extension's code and looks for a pairing with the same one. @returns what the app answered */
  async function begun(app: Browsing): Promise<{ reveal: () => Promise<void>; said: unknown[]; end: () => void }> {
    const line = app.connect()
    line.wire.changeToExtension = () => []
    const [{ publicKey }, nonce] = [await newKeyPair(), newNonce()]
    const clear = { kind: 'browser', version: 2 }
    const commitment = await commitmentTo('extension', publicKey, nonce)
    await line.session.handle({ ...clear, step: 'pair', key: await publicText(publicKey), commitment })
    await line.settled()
    const reveal = (): Promise<void> => line.session.handle({ ...clear, step: 'reveal', nonce: encode(nonce) })
    return { reveal, said: line.wire.toExtension, end: () => line.session.end() }
  }

  it('because the app says its nonce only once a person can see its code', async () => {
    const gate = new Gate()
    app.person.showing = () => gate.pass()
    const { reveal, said } = await begun(app)
    await reveal()
    await gate.reached
    expect(said.map((one) => Object.keys(one as object))).toEqual([['kind', 'version', 'step', 'key', 'commitment']])
    gate.open()
    await vi.waitFor(() => expect(said).toHaveLength(2))
    expect(said[1]).toMatchObject({ step: 'revealed' })
    expect(app.person.codes).toHaveLength(1)
  })

  it('because each that is begun counts, also one that is broken off before its code is shown: five in ten minutes', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) (await begun(app)).end()
    expect(app.person.codes).toEqual([])
    expect((await begun(app)).said).toEqual([{ kind: 'browser', version: 2, step: 'refused', code: 'pairing-attempts' }])
    expect(await codeRefused(app.connect().extension.pair())).toBe('pairing-attempts')
    app.elapsed += 10 * 60_000
    await app.paired()
    expect(pairings()).toHaveLength(1)
  })

  it('because the person who compares is told of the others', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) (await begun(app)).end()
    await app.connect().extension.pair()
    expect(app.person.otherAttempts).toEqual([3])
  })

  it('while those that were confirmed are no attempts: one can pair as many browsers as one has', async () => {
    for (let browser = 0; browser < 8; browser += 1) await app.paired()
    expect(app.person.otherAttempts).toEqual(Array(8).fill(0))
    expect(pairings()).toHaveLength(8)
  })
})

it('a connection that ended while a step was under way says nothing more', async () => {
  const pairing = line.extension.pair().catch((error: unknown) => error)
  while (line.wire.toApp.length === 0) await new Promise(setImmediate) // a timer could come after the step's end
  line.session.end()
  await line.settled()
  await pairing
  expect([line.wire.toExtension, app.reported]).toEqual([[], []])
})
