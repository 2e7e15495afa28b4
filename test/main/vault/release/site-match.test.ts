import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registrableDomain } from '../../../../main/outlets/public-suffixes.ts'
import { siteCovers, parseSite, widestDomain, widestOrigin } from '../../../../main/vault/release/site-match.ts'

describe('a site as a person types it', () => {
  it.each([
    ['console.example.com', 'https://console.example.com'],
    ['  console.example.com\n', 'https://console.example.com'],
    ['https://console.example.com', 'https://console.example.com'],
    ['https://console.example.com/', 'https://console.example.com'],
    ['https://console.example.com/keys?a=b#c', 'https://console.example.com'],
    ['https://console.example.com?a=user@evil.example', 'https://console.example.com'],
    ['https://console.example.com/@evil.example\\', 'https://console.example.com'],
    ['HTTPS://Console.Example.COM', 'https://console.example.com'],
    ['https://x.example:8443/path', 'https://x.example:8443'],
    ['x.example:8443', 'https://x.example:8443'],
    ['https://x.example:443', 'https://x.example'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['intranet', 'https://intranet'],
    ['192.168.1.10:8443', 'https://192.168.1.10:8443'],
    ['[2001:db8::1]', 'https://[2001:db8::1]'],
    ['[2001:DB8:0::1]:9443', 'https://[2001:db8::1]:9443'],
    // This computer: http by default.
    ['localhost', 'http://localhost'],
    ['localhost:3000', 'http://localhost:3000'],
    ['app.localhost:3000/login', 'http://app.localhost:3000'],
    ['127.0.0.1:9090', 'http://127.0.0.1:9090'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['[0:0:0:0:0:0:0:1]', 'http://[::1]'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://localhost:3000', 'https://localhost:3000'],
    // A public suffix is a host like any other, matched exactly.
    ['github.io', 'https://github.io'],
  ])('%j is %s', (typed, origin) => {
    expect(parseSite(typed)).toBe(origin)
    expect(parseSite(origin)).toBe(origin)
  })

  it.each([
    '',
    ' ',
    'https://',
    'http://console.example.com',
    'http://192.168.1.10',
    'ftp://console.example.com',
    'file:///etc/passwd',
    'https:console.example.com',
    'https:/console.example.com',
    'about:blank',
    'data:text/html,x',
    'javascript:alert(1)',
    'blob:https://console.example.com/x',
    'view-source:https://console.example.com',
    'user@console.example.com',
    'https://user:password@console.example.com',
    'https://console.example.com@evil.example',
    'console.example.com\\@evil.example',
    'console.example.com%2eevil.example',
    'c%6fnsole.example.com',
    'console.example.com.',
    'localhost.',
    'console..example.com',
    '.example.com',
    '*.example.com',
    'https://*.example.com',
    'console example.com',
    'console.example.com evil.example',
    'conso\tle.example.com',
    'console.example.com:',
    'console.example.com:http',
    'console.example.com:65536',
    'console.example.com,evil.example',
    '0x7f.1',
    '127.1',
    '2130706433',
    '0177.0.0.1',
    '1',
    '１２７.0.0.1',
    '256.1.1.1',
    '[::1',
    '::1',
    '[fe80::1%25eth0]',
    '[fe80::1%eth0]',
    'xn--a',
    '?console.example.com',
    '//console.example.com',
    'a'.repeat(64_000),
  ])('%j is refused', (typed) => {
    expect(parseSite(typed)).toBe(null)
  })

  it('is a canonical origin or refused, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (typed) => {
        const origin = parseSite(typed)
        expect(origin === null || parseSite(origin) === origin).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe("a key's site", () => {
  const exact = [
    // [the site, where the field is, whether the key goes there]
    ['https://console.example.com', 'https://console.example.com', true],
    ['https://console.example.com', 'https://console.example.com:8443', false],
    ['https://console.example.com:8443', 'https://console.example.com', false],
    ['https://console.example.com:8443', 'https://console.example.com:8443', true],
    ['https://console.example.com', 'https://example.com', false],
    ['https://console.example.com', 'https://www.console.example.com', false],
    ['https://example.com', 'https://console.example.com', false],
    ['https://example.com', 'https://notexample.com', false],
    ['https://example.com', 'https://example.com.evil.example', false],
    ['https://example.com', 'https://example.co', false],
    ['https://example.com', 'https://example.comm', false],
    ['https://localhost', 'http://localhost', false],
    ['http://localhost:3000', 'http://localhost:3001', false],
    ['http://localhost:3000', 'http://127.0.0.1:3000', false],
    ['http://localhost:3000', 'http://app.localhost:3000', false],
    ['http://127.0.0.1', 'http://127.0.0.2', false],
    ['https://xn--bcher-kva.example', 'https://bucher.example', false],
    ['https://xn--pple-43d.com', 'https://apple.com', false],
  ] as const
  it.each(exact)('%s, at %s: %s', (origin, at, expected) => {
    expect(siteCovers({ origin, subdomains: false }, at, registrableDomain)).toBe(expected)
  })

  const wide = [
    // Its own host, and every host below it.
    ['https://example.com', 'https://example.com', true],
    ['https://example.com', 'https://console.example.com', true],
    ['https://example.com', 'https://a.b.c.example.com', true],
    ['https://console.example.com', 'https://eu.console.example.com', true],
    ['https://example.co.uk', 'https://console.example.co.uk', true],
    ['https://xn--bcher-kva.de', 'https://www.xn--bcher-kva.de', true],
    ['https://example.com:8443', 'https://console.example.com:8443', true],
    // Not beside it, nor above.
    ['https://console.example.com', 'https://api.example.com', false],
    ['https://console.example.com', 'https://example.com', false],
    // At the dot, and nowhere else.
    ['https://example.com', 'https://notexample.com', false],
    ['https://example.com', 'https://not-example.com', false],
    ['https://console.example.com', 'https://evilconsole.example.com', false],
    ['https://console.example.com', 'https://evil-console.example.com', false],
    ['https://ada.github.io', 'https://evilada.github.io', false],
    ['https://example.com', 'https://console-example.com', false],
    ['https://example.com', 'https://example.com.evil.example', false],
    ['https://example.com', 'https://console.example.com.evil.example', false],
    ['https://example.com', 'https://evil.example', false],
    ['https://example.com', 'https://xample.com', false],
    // Of the same scheme and port.
    ['https://example.com', 'https://console.example.com:8443', false],
    ['https://example.com:8443', 'https://console.example.com', false],
    ['https://example.com', 'http://console.example.com', false],
    // Sub-domains that anybody can register: the suffix belongs to nobody, and each sub-domain to its own holder.
    ['https://github.io', 'https://evil.github.io', false],
    ['https://github.io', 'https://github.io', true],
    ['https://ada.github.io', 'https://ada.github.io', true],
    ['https://ada.github.io', 'https://evil.github.io', false],
    ['https://ada.github.io', 'https://docs.ada.github.io', true],
    ['https://vercel.app', 'https://evil.vercel.app', false],
    ['https://blogspot.com', 'https://evil.blogspot.com', false],
    ['https://amazonaws.com', 'https://evil.s3.amazonaws.com', false],
    ['https://s3.amazonaws.com', 'https://evil.s3.amazonaws.com', false],
    ['https://com', 'https://example.com', false],
    ['https://co.uk', 'https://example.co.uk', false],
    ['https://uk', 'https://example.co.uk', false],
    ['https://kawasaki.jp', 'https://evil.kawasaki.jp', false],
    ['https://evil.kawasaki.jp', 'https://a.evil.kawasaki.jp', false],
    ['https://city.kawasaki.jp', 'https://www.city.kawasaki.jp', true],
    ['https://foo.ck', 'https://a.foo.ck', false],
    ['https://www.ck', 'https://a.www.ck', true],
    ['https://xn--p1ai', 'https://example.xn--p1ai', false],
    // Hosts that have no sub-domains, and suffixes that are not in the list.
    ['https://10.0.0.1', 'https://1.10.0.0.1', false],
    ['https://0.0.1', 'https://10.0.0.1', false],
    ['https://[2001:db8::1]', 'https://[2001:db8::2]', false],
    ['https://intranet', 'https://evil.intranet', false],
    ['https://git.corp', 'https://evil.git.corp', false],
    ['http://localhost', 'http://evil.localhost', false],
    ['http://app.localhost', 'http://evil.app.localhost', false],
    // Text that is not the origin of a page.
    ['https://example.com', 'https://console.example.com/', false],
    ['https://example.com', 'https://user@console.example.com', false],
    ['https://example.com', 'https://console.example.com.', false],
    ['https://example.com', 'https://CONSOLE.example.com', false],
    ['https://example.com', 'https://console.example.com:443', false],
    ['https://example.com', 'https://*.example.com', false],
    ['https://example.com', 'https://.example.com', false],
    ['https://example.com', 'null', false],
    ['https://example.com', '', false],
    ['https://example.com', 'console.example.com', false],
    ['https://example.com', 'blob:https://console.example.com', false],
    ['https://example.com', 'ftp://console.example.com', false],
  ] as const
  it.each(wide)('%s with its sub-domains, at %s: %s', (origin, at, expected) => {
    expect(siteCovers({ origin, subdomains: true }, at, registrableDomain)).toBe(expected)
  })

  it('with its sub-domains covers only hosts that end with it after a dot', () => {
    const label = fc.constantFrom('a', 'example', 'com', 'co', 'uk', 'github', 'io', 'xn--p1ai', '1', '-')
    const host = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'))
    fc.assert(
      fc.property(host, host, (own, asked) => {
        const found = siteCovers({ origin: `https://${own}`, subdomains: true }, `https://${asked}`, registrableDomain)
        if (found && own !== asked) {
          expect(asked.endsWith(`.${own}`)).toBe(true)
          expect(registrableDomain(own)).toBe(registrableDomain(asked))
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe('the widest domain that can be allowed', () => {
  it.each([
    ['https://console.example.com', 'example.com', 'https://example.com'],
    ['https://example.com', 'example.com', 'https://example.com'],
    ['https://a.b.example.co.uk:8443', 'example.co.uk', 'https://example.co.uk:8443'],
    ['https://docs.ada.github.io', 'ada.github.io', 'https://ada.github.io'],
    ['https://ada.github.io', 'ada.github.io', 'https://ada.github.io'],
  ])('at %s is %s', (origin, domain, widest) => {
    expect([widestDomain(origin, registrableDomain), widestOrigin(origin, registrableDomain)]).toEqual([domain, widest])
    expect(siteCovers({ origin: widest, subdomains: true }, origin, registrableDomain)).toBe(true)
  })

  it.each([
    'https://github.io',
    'https://co.uk',
    'https://intranet',
    'https://git.corp',
    'https://192.168.1.10',
    'https://[2001:db8::1]',
    'http://localhost:3000',
    'http://app.localhost:3000',
    'http://127.0.0.1',
    'http://[::1]',
  ])('does not exist at %s', (origin) => {
    expect([widestDomain(origin, registrableDomain), widestOrigin(origin, registrableDomain)]).toEqual([null, null])
  })
})
