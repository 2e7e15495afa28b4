import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonOrigin } from '../../../../main/vault/release/site-match.ts'

/** A field in the tab's own page. */
function at(url: string): string | null {
  return commonOrigin({ url, top: url, ancestors: [] })
}

describe('a page where keys can be filled in', () => {
  it.each([
    ['https://console.example.com/', 'https://console.example.com'],
    ['https://console.example.com/keys?tab=1#new', 'https://console.example.com'],
    ['https://console.example.com:8443/', 'https://console.example.com:8443'],
    ['https://xn--bcher-kva.example/', 'https://xn--bcher-kva.example'],
    ['https://my_app.example.com/', 'https://my_app.example.com'],
    ['https://intranet/', 'https://intranet'],
    ['https://192.168.1.10:8443/admin', 'https://192.168.1.10:8443'],
    ['https://[2001:db8::1]/', 'https://[2001:db8::1]'],
    ['https://[2001:db8::1]:9443/', 'https://[2001:db8::1]:9443'],
    ['https://localhost/', 'https://localhost'],
    // What follows the host says nothing about it.
    ['https://evil.example/https://console.example.com/', 'https://evil.example'],
    ['https://evil.example/@console.example.com/', 'https://evil.example'],
    ['https://evil.example/?https://console.example.com/', 'https://evil.example'],
    ['https://evil.example/#@console.example.com/', 'https://evil.example'],
    // This computer needs no certificate, because its requests cross no network.
    ['http://localhost/', 'http://localhost'],
    ['http://localhost:3000/login', 'http://localhost:3000'],
    ['http://app.localhost:3000/', 'http://app.localhost:3000'],
    ['http://a.b.localhost/', 'http://a.b.localhost'],
    ['http://127.0.0.1:9090/', 'http://127.0.0.1:9090'],
    ['http://127.1.2.3/', 'http://127.1.2.3'],
    ['http://[::1]/', 'http://[::1]'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
  ])('%s', (url, origin) => {
    expect(at(url)).toBe(origin)
  })
})

describe('a page where no key is filled in', () => {
  it.each([
    // Unencrypted, to another computer.
    'http://console.example.com/',
    'http://console.example.com:8080/',
    'http://192.168.1.10/',
    'http://10.0.0.1/',
    'http://0.0.0.0:3000/',
    'http://128.0.0.1/',
    'http://126.255.255.255/',
    'http://[::]/',
    'http://[::2]/',
    'http://[::ffff:7f00:1]/',
    'http://[fe80::1]/',
    'http://localhost.example.com/',
    'http://localhost.localdomain/',
    'http://notlocalhost/',
    'http://127.0.0.1.example.com/',
    'http://localhost./',
    // Other schemes.
    'ws://localhost/',
    'wss://console.example.com/',
    'ftp://console.example.com/',
    'file:///etc/passwd',
    'file://console.example.com/',
    'about:blank',
    'about:srcdoc',
    'about:https://console.example.com/',
    'data:text/html,https://console.example.com/',
    'javascript:void(0)//https://console.example.com/',
    'blob:https://console.example.com/6f1e4ad2-0000-4000-8000-000000000000',
    'filesystem:https://console.example.com/temporary/page.html',
    'view-source:https://console.example.com/',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop/page.html',
    'moz-extension://6f1e4ad2-0000-4000-8000-000000000000/page.html',
    'chrome-error://chromewebdata/',
    'chrome://settings/',
    'devtools://devtools/bundled/inspector.html',
    'intent://console.example.com/#Intent;scheme=https;end',
    // A user name in front of the host, which people read as the host.
    'https://console.example.com@evil.example/',
    'https://user:password@console.example.com/',
    'https://@console.example.com/',
    'https://:@console.example.com/',
    'https://console.example.com%2f@evil.example/',
    // A host that is another one to its own server, and to cookies.
    'https://console.example.com./',
    'https://console.example.com.:8443/',
    'https://console.example.com../',
    'https://console..example.com/',
    'https://.console.example.com/',
    'https://./',
    // Characters that no host has.
    'https://*.example.com/',
    "https://it's.example.com/",
    'https://a$b.example.com/',
    'https://a;b.example.com/',
    'https://a,b.example.com/',
    'https://a(b).example.com/',
    'https://a!b.example.com/',
    'https://a~b.example.com/',
    'https://a=b&c.example.com/',
    `https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.example/`,
    // Not the canonical form of a browser, whatever the parser accepts.
    'HTTPS://console.example.com/',
    'https://Console.Example.com/',
    'https://console.example.com',
    'https://console.example.com:443/',
    'https://console.example.com:0443/',
    'https://console.example.com:/',
    'https:console.example.com/',
    'https:/console.example.com/',
    'https:///console.example.com/',
    'https:\\\\console.example.com\\',
    'https://console.example.com\\@evil.example/',
    'https://evil.example\\@console.example.com/',
    'https://console.example.com\\.evil.example/',
    ' https://console.example.com/',
    'https://console.example.com/'.replace('com', 'com\t'),
    'https://conso\nle.example.com/',
    'ht\ttps://console.example.com/',
    '\u0000https://console.example.com/',
    'https://c%6fnsole.example.com/',
    'https://console%2eexample.com/',
    'https://console\u3002example.com/',
    'https://\uff43onsole.example.com/',
    'https://con\u00adsole.example.com/',
    'https://bücher.example/',
    'https://xn--a/',
    // This computer's address, in spellings that only the parser understands.
    'http://127.1/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://LOCALHOST/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::0001]/',
    'http://[::1%25lo]/',
    'https://[fe80::1%25eth0]/',
    'https://[::1',
    'https://[v1.x]/',
    'https://256.1.1.1/',
    'https://1.2.3.4.5/',
    'https://console.example.com:65536/',
    'https://console.example.com:-1/',
    'https://console.example.com:8443:8443/',
    'https://con sole.example.com/',
    'https://console.example.com|evil.example/',
    'https://console.example.com^/',
    'https://<console>.example.com/',
    'https://',
    'https:///',
    '//console.example.com/',
    'console.example.com',
    'null',
    '',
  ])('%j', (url) => {
    expect(at(url)).toBe(null)
  })
})

describe('a field in a frame', () => {
  const here = 'https://console.example.com/'
  const origin = 'https://console.example.com'
  const other = 'https://evil.example'

  it.each([
    { url: here, top: here, ancestors: [] },
    { url: `${here}frame`, top: `${here}page?x#y`, ancestors: [origin] },
    { url: here, top: here, ancestors: [origin, origin, origin] },
  ])('has the same origin as everything around it: $url in $ancestors in $top', (place) => {
    expect(commonOrigin(place)).toBe(origin)
  })

  it.each([
    ['a frame of another site', { url: here, top: `${other}/`, ancestors: [other] }],
    ["another site's frame in the page", { url: `${other}/`, top: here, ancestors: [origin] }],
    ['another site between two of ours', { url: here, top: here, ancestors: [other, origin] }],
    ['another site above the tab’s', { url: here, top: here, ancestors: [origin, other] }],
    ['a sandboxed frame around it', { url: here, top: here, ancestors: ['null', origin] }],
    ['a sandboxed page', { url: here, top: here, ancestors: ['null'] }],
    ['a frame without an address', { url: 'about:srcdoc', top: here, ancestors: [origin] }],
    ['a frame that the page wrote', { url: 'about:blank', top: here, ancestors: [origin] }],
    ['a frame made of data', { url: 'data:text/html,x', top: here, ancestors: [origin] }],
    ['a frame made of a blob', { url: `blob:${here}x`, top: here, ancestors: [origin] }],
    ['a page in a page made of a blob', { url: here, top: `blob:${here}x`, ancestors: [origin] }],
    ['a tab without an address', { url: here, top: 'about:blank', ancestors: [] }],
    ['a tab whose address is not known', { url: here, top: '', ancestors: [] }],
    ['a frame of a sub-domain', { url: 'https://a.console.example.com/', top: here, ancestors: [origin] }],
    ['a frame of the domain above', { url: 'https://example.com/', top: here, ancestors: [origin] }],
    ['a frame of another port', { url: 'https://console.example.com:8443/', top: here, ancestors: [origin] }],
    ['a frame in a page in clear', { url: here, top: 'http://console.example.com/', ancestors: ['http://console.example.com'] }],
    ['a frame in clear', { url: 'http://console.example.com/', top: here, ancestors: [origin] }],
    ['a frame of this computer in a page elsewhere', { url: 'http://localhost/', top: here, ancestors: [origin] }],
    ['an ancestor that is not an origin', { url: here, top: here, ancestors: [here] }],
    ['an ancestor that is nothing', { url: here, top: here, ancestors: [''] }],
    ['an ancestor in other letters', { url: here, top: here, ancestors: ['https://CONSOLE.example.com'] }],
    ['an ancestor with a dot at its end', { url: here, top: here, ancestors: ['https://console.example.com.'] }],
    ['a frame with a user in front', { url: 'https://x@console.example.com/', top: here, ancestors: [origin] }],
    ['a frame in other letters', { url: 'https://CONSOLE.example.com/', top: here, ancestors: [origin] }],
    ['a frame whose host ends elsewhere', { url: 'https://console.example.com\\.evil.example/', top: here, ancestors: [origin] }],
    ['a tab with a user in front', { url: here, top: 'https://x@console.example.com/', ancestors: [] }],
  ])('is refused: %s', (_, place) => {
    expect(commonOrigin(place)).toBe(null)
  })
})

describe('any reported location', () => {
  const pieces = ['https:', 'http:', '//', '/', '\\', '@', ':', '.', '%2e', '%40', '\t', '\n', ' ', '#', '?', '[', ']', '::1', '127.0.0.1', '0x7f.1',
    'localhost', 'console.example.com', 'evil.example', 'xn--', 'blob:', 'data:', 'user', '443', '8443', '。', '＠', '／', '\u202e', '\0'] // prettier-ignore
  const url = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((some) => some.join(''))

  it('has no origin, or exactly the one that it starts with', () => {
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl(), fc.string()), (typed) => {
        const origin = at(typed)
        expect(origin === null || (typed.startsWith(`${origin}/`) && at(`${origin}/`) === origin)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  it('has no origin that its frames do not all share', () => {
    const origins = fc.constantFrom('https://a.example', 'https://b.example', 'https://a.example:8443', 'null')
    fc.assert(
      fc.property(origins, origins, fc.array(origins, { maxLength: 3 }), (own, top, ancestors) => {
        const all = new Set([own, top, ...ancestors])
        const found = commonOrigin({ url: `${own}/x`, top: `${top}/y`, ancestors })
        expect(found).toBe(all.size === 1 && own !== 'null' ? own : null)
      }),
      { numRuns: 500 },
    )
  })
})
