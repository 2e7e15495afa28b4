import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../../main/settings/preferences.ts'
import { openLocal } from '../../../main/vault/accounts/local-account.ts'
import { addPairing, listPairings } from '../../../main/vault/release/pairings.ts'
import type { AskingRequester } from '../../../main/vault/model/requester.ts'
import { addSite } from '../../../main/vault/release/sites.ts'
import { release } from '../../../main/vault/release/release.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { localVault, newKey } from '../vault/fixtures/vault.ts'
import { pairedSite } from '../vault/fixtures/requesters.ts'
import { codeRejected, codeThrown } from '../vault/fixtures/refused.ts'
import { Around, handlersOf } from './main-window.ts'

const zsh: AskingRequester = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada', terminal: 'pts/3', session: '7:1' }

/** The vault on this computer with one key, and the window's handlers. */
async function withKey() {
  const found = await localVault()
  const around = new Around()
  return { ...found, ...(await newKey(found.fixture, found.account)), around, handlers: handlersOf(found.fixture, around) }
}

describe('a key’s sites', () => {
  it('are none at first', async () => {
    const { account, key, handlers } = await withKey()
    expect(await handlers['keys.outlets']({ accountId: account.id, id: key.id })).toEqual({ sites: [], uses: [] })
  })

  it('are added as their origin, and told oldest first', async () => {
    const { fixture, account, key, handlers } = await withKey()
    await handlers['keys.addSite']({ accountId: account.id, id: key.id, url: 'console.example.com/path?x=1', subdomains: false })
    fixture.now += 1
    const { sites } = await handlers['keys.addSite']({
      accountId: account.id,
      id: key.id,
      url: 'https://api.example.org:8443',
      subdomains: true,
    })
    expect(sites.map(({ origin, domain }) => [origin, domain])).toEqual([
      ['https://console.example.com', null],
      ['https://api.example.org:8443', 'api.example.org'],
    ])
  })

  it('are removed, of this key alone', async () => {
    const { fixture, account, key, handlers } = await withKey()
    const other = await newKey(fixture, account, 'other')
    const { sites } = await handlers['keys.addSite']({ accountId: account.id, id: key.id, url: 'a.example', subdomains: false })
    await handlers['keys.addSite']({ accountId: account.id, id: other.key.id, url: 'a.example', subdomains: false })
    expect((await handlers['keys.removeSite']({ accountId: account.id, id: key.id, siteId: sites[0]?.id ?? '' })).sites).toEqual([])
    expect((await handlers['keys.outlets']({ accountId: account.id, id: other.key.id })).sites).toHaveLength(1)
  })

  it.each([
    '',
    'http://console.example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://ada:pw@console.example.com',
    'nonsense here',
  ])('cannot be “%s”', async (url) => {
    const { account, key, handlers } = await withKey()
    expect(codeThrown(() => handlers['keys.parseSite']({ url }))).toBe('site-invalid')
    expect(codeThrown(() => handlers['keys.addSite']({ accountId: account.id, id: key.id, url, subdomains: false }))).toBe('site-invalid')
    expect((await handlers['keys.outlets']({ accountId: account.id, id: key.id })).sites).toEqual([])
  })

  it.each([
    ['console.example.com', 'https://console.example.com', 'console.example.com'],
    ['example.com', 'https://example.com', 'example.com'],
    ['localhost:3000/docs', 'http://localhost:3000', null],
    ['https://192.0.2.7', 'https://192.0.2.7', null],
    ['github.io', 'https://github.io', null],
    ['someone.github.io', 'https://someone.github.io', 'someone.github.io'],
  ])('come of “%s” as %s, with sub-domains of %s', async (url, origin, domain) => {
    const { handlers } = await withKey()
    expect(await handlers['keys.parseSite']({ url })).toEqual({ origin, domain })
  })

  it('are of a key that there is', async () => {
    const { account, handlers } = await withKey()
    const id = 'f'.repeat(24)
    expect(codeThrown(() => handlers['keys.outlets']({ accountId: account.id, id }))).toBe('key-not-found')
    expect(codeThrown(() => handlers['keys.addSite']({ accountId: account.id, id, url: 'a.example', subdomains: false }))).toBe(
      'key-not-found',
    )
  })
})

describe('a key’s uses', () => {
  it('tell when, for what and for whom, newest first, and not in which session', async () => {
    const { fixture, account, key, handlers } = await withKey()
    await handlers['keys.copy']({ accountId: account.id, id: key.id })
    fixture.now += 1000
    fixture.approver.answer = 'once'
    await release(fixture.opened, account.id, key.id, { purpose: 'run', requester: zsh, detail: 'deploy' })
    const { uses } = await handlers['keys.outlets']({ accountId: account.id, id: key.id })
    expect(uses).toEqual([
      {
        purpose: 'run',
        requester: { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada', terminal: 'pts/3', process: null },
        at: fixture.now,
      },
      { purpose: 'copy', requester: { kind: 'person' }, at: fixture.now - 1000 },
    ])
  })

  it('are the last twenty', async () => {
    const { fixture, account, key, handlers } = await withKey()
    for (let use = 0; use < 25; use += 1) {
      fixture.now += 1
      await handlers['keys.copy']({ accountId: account.id, id: key.id })
    }
    const { uses } = await handlers['keys.outlets']({ accountId: account.id, id: key.id })
    expect(uses.map(({ at }) => fixture.now - at)).toEqual([...Array(20).keys()])
  })
})

describe('approvals', () => {
  /** One for 15 minutes to a program, and one for always to a site. */
  async function approved() {
    const found = await withKey()
    const { fixture, account, key } = found
    fixture.approver.answer = 'for-a-while'
    await release(fixture.opened, account.id, key.id, { purpose: 'get', requester: zsh })
    fixture.now += 1
    fixture.approver.answer = 'always'
    addSite(fixture.opened, account.id, key.id, 'https://console.example.com', false)
    const requester = pairedSite(fixture)
    await release(fixture.opened, account.id, key.id, { purpose: 'fill', requester })
    return { ...found, requester }
  }

  it('are listed with what they let whom do, newest first, until they end', async () => {
    const { fixture, key, handlers } = await approved()
    const { approvals } = await handlers['approvals.list'](null)
    expect(approvals.map(({ purpose, name, account: of, until }) => [purpose, name, of, until])).toEqual([
      ['fill', 'ci', 'This computer', null],
      ['get', 'ci', 'This computer', fixture.now - 1 + 15 * 60_000],
    ])
    expect(approvals[0]).toMatchObject({ keyId: key.id, requester: { kind: 'site', origin: 'https://console.example.com' } })
    expect(approvals[1]).toMatchObject({ keyId: key.id, requester: { kind: 'program', program: '/usr/bin/zsh' } })
    expect(JSON.stringify(approvals)).not.toContain('7:1')
    fixture.now += 15 * 60_000
    expect((await handlers['approvals.list'](null)).approvals.map(({ purpose }) => purpose)).toEqual(['fill'])
  })

  it('are asked for again once they are revoked', async () => {
    const { fixture, account, key, handlers, requester } = await approved()
    const [first] = (await handlers['approvals.list'](null)).approvals
    const { approvals } = await handlers['approvals.revoke']({ accountId: account.id, id: first?.id ?? '' })
    expect(approvals.map(({ purpose }) => purpose)).toEqual(['get'])
    const asked = fixture.approver.asked.length
    fixture.approver.answer = 'approval-denied'
    const again = release(fixture.opened, account.id, key.id, { purpose: 'fill', requester })
    expect(await codeRejected(again)).toBe('approval-denied')
    expect(fixture.approver.asked.length).toBe(asked + 1)
  })

  it('are of the whole vault, whatever account is in sight', async () => {
    const { fixture, handlers } = await approved()
    await openLocal(fixture.opened)
    expect((await handlers['approvals.list'](null)).approvals).toHaveLength(2)
  })
})

describe('browsers', () => {
  it('are registered and unregistered by what the desktop does', async () => {
    const { handlers } = await withKey()
    expect((await handlers['browsers.list'](null)).browsers[0]?.registered).toBe(false)
    expect((await handlers['browsers.register']({ id: 'chromium' })).browsers[0]?.registered).toBe(true)
    expect((await handlers['browsers.unregister']({ id: 'chromium' })).browsers[0]?.registered).toBe(false)
  })

  it('are told of with the reason why none of them reaches the app, where there is one', async () => {
    const { handlers, around } = await withKey()
    expect((await handlers['browsers.list'](null)).unreachable).toBe(null)
    around.unreachable = 'agent-blocked'
    expect((await handlers['browsers.list'](null)).unreachable).toBe('agent-blocked')
  })

  it('show where the extension is', async () => {
    const { handlers } = await withKey()
    expect(await handlers['browsers.showExtension']({ id: 'firefox' })).toEqual({ folder: '/extension/firefox' })
  })

  it('list the paired extensions without a key of theirs or ours, and forget one with its sessions', async () => {
    const { fixture, handlers, around } = await withKey()
    const pairing = addPairing(fixture.opened, { browser: '/usr/bin/chromium', theirKey: 'AAAA', ourKey: new Secret('canary') })
    const { pairings } = await handlers['browsers.list'](null)
    expect(pairings).toEqual([{ id: pairing.id, browser: '/usr/bin/chromium', at: fixture.now, lastAt: null }])
    expect((await handlers['browsers.unpair']({ id: pairing.id })).pairings).toEqual([])
    expect(listPairings(fixture.opened)).toEqual([])
    expect(around.ended).toEqual([pairing.id])
  })
})

describe('settings', () => {
  it('are told with what of them works here', async () => {
    const { handlers, around } = await withKey()
    around.typingUnavailable = 'typing-unavailable'
    expect(await handlers['settings.get'](null)).toEqual({
      settings: defaultPreferences,
      ...{ shortcutWorks: true, typingUnavailable: 'typing-unavailable' },
      ...{ hasTray: true, autostartUnavailable: null },
    })
  })

  it('are taken as chosen', async () => {
    const { handlers, around } = await withKey()
    around.shortcutWorks = false
    const settings = { ...defaultPreferences, clipboardSeconds: 120, quickShortcut: null }
    expect(await handlers['settings.set'](settings)).toMatchObject({ settings, shortcutWorks: false })
  })
})

describe('a locked vault', () => {
  it('tells nothing of keys, sites, approvals or pairings', async () => {
    const { fixture, account, key, handlers } = await withKey()
    await fixture.vault.lock()
    const server = { url: 'https://keys.example', appId: 'app-1' }
    expect(codeThrown(() => handlers['keys.forServer']({ server }))).toBe('locked')
    expect(codeThrown(() => handlers['keys.outlets']({ accountId: account.id, id: key.id }))).toBe('locked')
    expect(codeThrown(() => handlers['approvals.list'](null))).toBe('locked')
    expect(await codeRejected(Promise.resolve().then(() => handlers['browsers.list'](null)))).toBe('locked')
  })
})
