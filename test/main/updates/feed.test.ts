import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { updatesUnavailable } from '../../../main/updates/availability.ts'
import { type Feed, parseFeed, feedOfBuild, readManifest, signedBytes } from '../../../main/updates/feed.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'

const name = 'latest-linux.json'
const file = { url: 'Latchkey-1.2.3.AppImage', sha512: `${'A'.repeat(86)}==`, size: 5 }
const manifest = { version: '1.2.3', files: [file], releaseDate: '2026-01-02T03:04:05.000Z' }

function keys(): { feed: Feed; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const feed = parseFeed('https://updates.example/latchkey', publisherOf(publicKey))
  if (feed === null) throw new Error('no feed')
  return { feed, privateKey }
}

function publisherOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

function signed(privateKey: KeyObject, content: unknown, as = name): [bytes: Buffer, signature: string] {
  const bytes = Buffer.from(JSON.stringify(content))
  return [bytes, sign(null, signedBytes(as, bytes), privateKey).toString('base64')]
}

describe('a manifest of the feed', () => {
  it('is read if it is signed', () => {
    const { feed, privateKey } = keys()
    expect(readManifest(feed, name, ...signed(privateKey, manifest))).toEqual(manifest)
  })

  it('is refused whichever byte of it or of its signature is another', () => {
    const { feed, privateKey } = keys()
    const [bytes, signature] = signed(privateKey, manifest)
    for (const [place, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes)
      changed[place] = byte ^ 1
      expect(codeThrown(() => readManifest(feed, name, changed, signature))).toBe('update-untrusted')
    }
    const raw = Buffer.from(signature, 'base64')
    for (const [place, byte] of raw.entries()) {
      const changed = Buffer.from(raw)
      changed[place] = byte ^ 1
      expect(codeThrown(() => readManifest(feed, name, bytes, changed.toString('base64')))).toBe('update-untrusted')
    }
  })

  it('is refused when another key signed it, when it is another system’s, and without a signature', () => {
    const { feed, privateKey } = keys()
    const [bytes, signature] = signed(privateKey, manifest)
    const others: [string, Buffer, string][] = [
      [name, ...signed(keys().privateKey, manifest)],
      ['latest-mac.json', bytes, signature],
      [name, bytes, ''],
      [name, Buffer.alloc(0), signature],
    ]
    for (const other of others) expect(codeThrown(() => readManifest(feed, ...other))).toBe('update-untrusted')
  })

  it.each([
    ['a file outside the feed’s folder', { ...manifest, files: [{ ...file, url: '../../etc/Latchkey.AppImage' }] }],
    ['a file elsewhere', { ...manifest, files: [{ ...file, url: 'https://elsewhere.example/Latchkey.AppImage' }] }],
    ['a file without a hash', { ...manifest, files: [{ url: file.url, size: 5 }] }],
    ['no file', { ...manifest, files: [] }],
    ['a version that is none', { ...manifest, version: 'newest' }],
    ['more than is known', { ...manifest, stagingPercentage: 5 }],
  ])('is refused with %s, signed or not', (_what, content) => {
    const { feed, privateKey } = keys()
    expect(codeThrown(() => readManifest(feed, name, ...signed(privateKey, content)))).toBe('update-untrusted')
  })
})

describe('the feed of a build', () => {
  const key = publisherOf(generateKeyPairSync('ed25519').publicKey)

  it('is at an address, or there is none', () => {
    expect(parseFeed('https://updates.example/latchkey', key)?.url.href).toBe('https://updates.example/latchkey/')
    expect(parseFeed('', key)).toBeNull()
  })

  // The app that was packed with it all the same ended at its start, without a window.
  it.each([
    ['no address', 'updates', key],
    ['http', 'http://updates.example/', key],
    ['a file', 'file:///tmp/', key],
    ['a password in it', 'https://a:b@updates.example/', key],
    ['no key', 'https://updates.example/', ''],
    ['half a key', 'https://updates.example/', key.slice(0, 20)],
    ['a key of another kind', 'https://updates.example/', publisherOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
  ])('does not come to be with %s', (_what, url, given) => {
    expect(() => parseFeed(url, given)).toThrow()
    expect(feedOfBuild(url, given)).toBe('misnamed')
  })
})

describe('whether a build updates itself', () => {
  const { feed } = keys()
  const image = { packaged: true, version: '1.0.0', platform: 'linux', env: {}, image: '/home/dev/Latchkey.AppImage', feed } as const

  it.each([
    ['as an AppImage', image],
    ['installed on Windows', { ...image, platform: 'win32', image: null }],
    ['on macOS', { ...image, platform: 'darwin', image: null }],
  ] as const)('%s', (_what, build) => {
    expect(updatesUnavailable(build)).toBeNull()
  })

  it.each([
    ['from the sources', { ...image, packaged: false }, 'development'],
    ['made to try out', { ...image, version: '1.0.0-dev' }, 'development'],
    ['from a deb, an rpm or an archive', { ...image, image: null }, 'package'],
    [
      'from a deb, started by another program’s AppImage',
      { ...image, image: null, env: { APPIMAGE: '/home/dev/Editor.AppImage' } },
      'package',
    ],
    ['in a snap', { ...image, env: { SNAP: '/snap/latchkey/1' } }, 'package'],
    ['in a flatpak', { ...image, env: { FLATPAK_ID: 'dev.latchkey' } }, 'package'],
    ['carried along on Windows', { ...image, platform: 'win32', image: null, env: { PORTABLE_EXECUTABLE_DIR: 'E:\\' } }, 'package'],
    ['without anybody who signs', { ...image, feed: null }, 'unsigned'],
    ['with a place or a key that is none', { ...image, feed: 'misnamed' }, 'misnamed'],
  ] as const)('never %s', (_what, build, why) => {
    expect(updatesUnavailable(build)).toBe(why)
  })
})
