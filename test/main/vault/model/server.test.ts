import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseServer } from '../../../../main/vault/model/server.ts'
import { codeThrown as refused } from '../fixtures/refused.ts'

function codeThrown(url: string, appId = 'app-1'): string | null {
  return refused(() => parseServer(url, appId))
}

describe("a server's address", () => {
  it.each([
    ['https://keys.example', 'https://keys.example'],
    ['https://keys.example/', 'https://keys.example'],
    ['  https://keys.example  ', 'https://keys.example'],
    ['HTTPS://Keys.Example:443', 'https://keys.example'],
    ['https://keys.example:8443', 'https://keys.example:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://10.0.0.7', 'https://10.0.0.7'],
    ['http://localhost:9090', 'http://localhost:9090'],
    ['http://127.0.0.1:9090', 'http://127.0.0.1:9090'],
    ['http://127.1.2.3', 'http://127.1.2.3'],
    ['http://[::1]:9090', 'http://[::1]:9090'],
    // Behind a proxy that serves several programs by path.
    ['https://keys.example/latchkey', 'https://keys.example/latchkey'],
    ['HTTPS://Keys.Example:443/Apps/Latchkey_v1.2/~ada/', 'https://keys.example/Apps/Latchkey_v1.2/~ada'],
    ['http://127.0.0.1:9090/a/...', 'http://127.0.0.1:9090/a/...'],
    // Other spellings of this computer, by the URL standard.
    ['http://127.1', 'http://127.0.0.1'],
    ['http://2130706433', 'http://127.0.0.1'],
  ])('%j is read as %j', (typed, url) => {
    expect(parseServer(typed, 'app-1')).toEqual({ url, appId: 'app-1' })
  })

  it.each([
    '',
    ' ',
    'keys.example',
    '//keys.example',
    'keys.example:443',
    'localhost:9090',
    'https:keys.example',
    'https:/keys.example',
    'https://',
    'https:///',
    'ftp://keys.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ws://localhost',
    'https:///keys.example',
    'https://keys.example//path',
    'https://keys.example/path//',
    'https://keys.example/.',
    'https://keys.example/..',
    'https://keys.example/a/../b',
    'https://keys.example/a/%2e%2e/b',
    'https://keys.example/a/.%2E',
    'https://keys.example/a%2fb',
    'https://keys.example/a;/..;/b',
    'https://keys.example/sl\u00fcssel',
    'https://keys.example/a\\b',
    'https://keys.example/path?',
    'https://keys.example/path?query',
    'https://keys.example/path#',
    'https://keys.example/path#fragment',
    'https://ada@keys.example/path',
    'https://keys.example/@other.example',
    'https://keys.example?',
    'https://keys.example#',
    'https://keys.example?query',
    'https://keys.example/#fragment',
    'https://ada@keys.example',
    'https://ada:password@keys.example',
    'https://:password@keys.example',
    'https://keys.example:0x50',
    'https://keys.example:65536',
    'https://keys .example',
    'https://keys\t.example',
    'https://keys\n.example',
    'https:\\\\keys.example',
    'https://keys.example\\@other.example',
    'https://[::1',
    'https://%00.example',
    'https://a%2fb.example',
  ])('is refused: %j', (typed) => {
    expect(codeThrown(typed)).toBe('server-url-invalid')
  })

  it.each([
    'http://keys.example',
    'http://10.0.0.7',
    'http://192.168.1.1:9090',
    'http://0.0.0.0',
    'http://[::2]',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'http://notlocalhost',
  ])('is refused as insecure, because passwords and values would be sent unencrypted: %j', (typed) => {
    expect(codeThrown(typed)).toBe('server-url-insecure')
  })

  it('is refused for its app id unless that is 1 to 128 letters, digits, underscores and hyphens', () => {
    for (const appId of ['', 'a/b', 'a b', '..', 'a?b', 'a%2f', 'é', 'x'.repeat(129), 'a\n']) {
      expect(codeThrown('https://keys.example', appId)).toBe('app-id-invalid')
    }
    expect(codeThrown('https://keys.example', 'x'.repeat(128))).toBe(null)
  })

  it('is either refused or a canonical origin with a plain path, whatever was typed', () => {
    const pieces = fc.constantFrom(
      'http',
      'https',
      '://',
      ':',
      '/',
      '@',
      '[',
      ']',
      '?',
      '#',
      '\\',
      '%',
      '.',
      '127.0.0.1',
      'localhost',
      '%2e',
      'a',
      '80',
      ' ',
      '\0',
    )
    const typed = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.string({ unit: pieces, maxLength: 12 }),
      fc.ipV6().map((ip) => `http://[${ip}]`),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const code = codeThrown(text)
        if (code !== null) {
          expect(['server-url-invalid', 'server-url-insecure']).toContain(code)
          return
        }
        const { url } = parseServer(text, 'app-1')
        const { origin, pathname } = new URL(url)
        expect(url).toBe(origin + pathname.replace(/^\/$/, ''))
        expect(url.startsWith('https://') || /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(url)).toBe(true)
        expect(parseServer(url, 'app-1').url).toBe(url)
      }),
      { numRuns: 500 },
    )
  })
})
