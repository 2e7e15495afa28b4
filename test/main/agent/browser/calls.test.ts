import { beforeEach, describe, expect, it } from 'vitest'
import type { Offer, Place } from '../../../../clients/shared/protocol/browser.ts'
import type { PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'
import { deleteKey } from '../../../../main/vault/keys/key-operations.ts'
import { addSite, removeSite, sitesOf } from '../../../../main/vault/release/sites.ts'
import { newKey } from '../../vault/fixtures/vault.ts'
import { Browsing, type Line, peer, place, refuse, site } from './browsing.ts'
import { codeRefused } from './refused.ts'

let app: Browsing
let keys: PairingKeys
let line: Line

beforeEach(async () => {
  app = await Browsing.begin()
  keys = await app.paired()
  line = await app.session(keys)
})

const at = (url: string): Place => ({ url, top: url, ancestors: [] })
const offers = async (where: Place = place, on = line): Promise<Offer[]> => (await on.extension.call('offers', { place: where })).keys
const fill = (ref: string, where: Place = place, on = line): Promise<unknown> => on.extension.call('fill', { place: where, ref })

describe('the keys that an extension is offered for a site', () => {
  it('are those that have the site, by name and account, and nothing of their values', async () => {
    app.allowSite()
    const other = await newKey(app.fixture, app.account, 'other')
    addSite(app.fixture.opened, app.account.id, other.key.id, 'https://elsewhere.example', false)
    const offered = await offers()
    expect(offered).toEqual([{ ref: expect.stringMatching(/^[\w-]{22}$/), name: 'ci', account: 'This computer' }])
    expect(await offers(at('https://elsewhere.example/'))).toMatchObject([{ name: 'other' }])
  })

  it('are none where no key has the site, though there are keys', async () => {
    expect(await offers()).toEqual([])
    app.allowSite()
    for (const url of ['https://example.com/', 'https://console.example.com.evil.test/', 'https://console.example.com:8443/']) {
      expect(await offers(at(url))).toEqual([])
    }
  })

  it('keep their names in a session, have others at another origin, and others in another session', async () => {
    app.allowSite()
    addSite(app.fixture.opened, app.account.id, app.key.id, 'https://elsewhere.example', false)
    const [first, again, elsewhere] = [await offers(), await offers(), await offers(at('https://elsewhere.example/'))]
    expect(again).toEqual(first)
    expect(elsewhere[0]?.ref).not.toBe(first[0]?.ref)
    expect((await offers(place, await app.session(keys)))[0]?.ref).not.toBe(first[0]?.ref)
  })

  it('are not told while the keychain is locked without saying so', async () => {
    app.allowSite()
    app.fixture.keychain.failure = 'locked'
    await app.fixture.opened.keychain.read('trial')
    expect(await line.extension.call('offers', { place })).toMatchObject({ locked: true })
  })

  it.each([
    ['plain http', at('http://console.example.com/')],
    ['a page of no origin', at('about:blank')],
    ['data', at('data:text/html,x')],
    ['a blob', at(`blob:${site}/9115d58c-bcda-ff47-86e5-083e9a215304`)],
    ['a user in the address', at('https://console.example.com@evil.test/')],
    ['a frame of another origin', { ...place, top: 'https://evil.test/' }],
    ['a frame between of another origin', { ...place, ancestors: ['https://evil.test'] }],
    ['a sandboxed frame between', { ...place, ancestors: ['null'] }],
  ])('are refused at %s', async (_what, where) => {
    app.allowSite()
    expect(await codeRefused(offers(where))).toBe('site-refused')
    const [offered] = await offers()
    expect(await codeRefused(fill(offered?.ref ?? '', where))).toBe('site-refused')
    expect(await codeRefused(line.extension.call('learn', { place: where }))).toBe('site-refused')
    expect([app.fixture.approver.asked, app.person.asked]).toEqual([[], []])
  })
})

describe('a fill by the extension', () => {
  it('gives the value once the person has approved, who is told which key, for what and whom', async () => {
    app.allowSite()
    const [offered] = await offers()
    expect(await fill(offered?.ref ?? '')).toEqual({ value: app.value })
    const requester = { kind: 'site', origin: site, browser: '/usr/lib/chromium/chromium', pairing: keys.pairing }
    expect(app.fixture.approver.asked).toMatchObject([
      { keys: [{ name: 'ci', account: 'This computer' }], purpose: 'fill', requester, detail: null },
    ])
    expect(app.fixture.opened.cache.releases(app.account.id)).toMatchObject([{ keyId: app.key.id, purpose: 'fill', requester }])
  })

  it.each(['approval-denied', 'approval-expired', 'approval-busy'] as const)('gives nothing at %s, and says so', async (code) => {
    app.allowSite()
    app.fixture.approver.answer = code
    const [offered] = await offers()
    expect(await codeRefused(fill(offered?.ref ?? ''))).toBe(code)
    expect(app.fixture.opened.cache.releases(app.account.id)).toEqual([])
  })

  it('remembers an approval for exactly this site, browser and pairing', async () => {
    app.allowSite()
    app.fixture.approver.answer = 'for-a-while'
    const filled = async (on: Line): Promise<unknown> => fill((await offers(place, on))[0]?.ref ?? '', place, on)
    await filled(line)
    await filled(line)
    expect(app.fixture.approver.asked).toHaveLength(1)
    await filled(await app.session(keys))
    expect(app.fixture.approver.asked).toHaveLength(1)
    await filled(await app.session(keys, peer(77, '/tmp/other')))
    expect(app.fixture.approver.asked).toHaveLength(2)
    await filled(await app.session(await app.paired()))
    expect(app.fixture.approver.asked).toHaveLength(3)
  })

  it('is refused for a name that was not given here, was given at another origin or in another session', async () => {
    app.allowSite()
    addSite(app.fixture.opened, app.account.id, app.key.id, 'https://elsewhere.example', false)
    const [offered] = await offers()
    const [elsewhere] = await offers(at('https://elsewhere.example/'))
    const other = await app.session(await app.paired())
    expect(await codeRefused(fill('A'.repeat(22)))).toBe('site-refused')
    expect(await codeRefused(fill(elsewhere?.ref ?? ''))).toBe('site-refused')
    expect(await codeRefused(fill(offered?.ref ?? '', at('https://elsewhere.example/')))).toBe('site-refused')
    expect(await codeRefused(fill(offered?.ref ?? '', place, other))).toBe('site-refused')
    expect(app.fixture.approver.asked).toEqual([])
  })

  it('matches the place again: a site that was removed since, or a key that was deleted, gets nothing', async () => {
    app.allowSite()
    const [offered] = await offers()
    const [kept] = sitesOf(app.fixture.opened, app.account.id, app.key.id)
    removeSite(app.fixture.opened, app.account.id, kept?.id ?? '')
    expect(await codeRefused(fill(offered?.ref ?? ''))).toBe('site-refused')
    app.allowSite()
    await deleteKey(app.fixture.opened, app.account.id, app.key.id, 'ci')
    expect(await codeRefused(fill(offered?.ref ?? ''))).toBe('key-not-found')
  })
})

describe('adding a site from the extension', () => {
  const chooses =
    (subdomains = false) =>
    async () => ({ accountId: app.account.id, keyId: app.key.id, subdomains })

  it('shows the person all keys, and gives the chosen one the site', async () => {
    const other = await newKey(app.fixture, app.account, 'other')
    app.person.choosing = chooses()
    const learnt = await line.extension.call('learn', { place })
    expect(app.person.asked).toEqual([
      {
        ...{ origin: site, domain: 'example.com', withdrawn: expect.any(AbortSignal) },
        requester: { kind: 'site', origin: site, browser: '/usr/lib/chromium/chromium', pairing: keys.pairing },
        keys: [
          { accountId: app.account.id, id: app.key.id, name: 'ci', account: 'This computer', lastFour: app.value.slice(-4) },
          { accountId: app.account.id, id: other.key.id, name: 'other', account: 'This computer', lastFour: other.value.slice(-4) },
        ],
      },
    ])
    expect(learnt.keys).toMatchObject([{ name: 'ci' }])
    expect(sitesOf(app.fixture.opened, app.account.id, app.key.id)).toMatchObject([{ origin: site, subdomains: false }])
    expect(await offers()).toEqual(learnt.keys)
  })

  it('is an approval for the one filling that follows, and for no other', async () => {
    app.person.choosing = chooses()
    const {
      keys: [learnt],
    } = await line.extension.call('learn', { place })
    expect(await fill(learnt?.ref ?? '')).toEqual({ value: app.value })
    expect(app.fixture.approver.asked).toEqual([])
    expect(await codeRefused(fill(learnt?.ref ?? ''))).toBe('approval-denied')
    expect(app.fixture.approver.asked).toHaveLength(1)
  })

  it('allows the sub-domains of the domain that was shown, if the person says so', async () => {
    app.person.choosing = chooses(true)
    await line.extension.call('learn', { place })
    expect(sitesOf(app.fixture.opened, app.account.id, app.key.id)).toMatchObject([{ origin: 'https://example.com', subdomains: true }])
    expect(await offers(at('https://other.example.com/'))).toMatchObject([{ name: 'ci' }])
  })

  it('offers no sub-domains where anybody could have one', async () => {
    app.person.choosing = chooses()
    await line.extension.call('learn', { place: at('https://github.io/') })
    expect(app.person.asked).toMatchObject([{ domain: null }])
  })

  it('changes nothing when the person says no, or chooses what was not shown', async () => {
    app.person.choosing = refuse('approval-denied')
    expect(await codeRefused(line.extension.call('learn', { place }))).toBe('approval-denied')
    app.person.choosing = async () => ({ accountId: app.account.id, keyId: 'f'.repeat(24), subdomains: false })
    expect(await codeRefused(line.extension.call('learn', { place }))).toBe('key-not-found')
    expect(await offers()).toEqual([])
  })
})
