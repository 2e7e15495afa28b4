import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../main/updates/feed.ts'
import { checkFeed, checkRelease } from '../../scripts/dist/release.mjs'
import { publisherOf } from '../../scripts/dist/signing/signing-key.mjs'
import { otherInputs, packageVersion } from '../../scripts/dist/unpacked.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

const made = { kind: 'official', electron: '45.4.1', wanted: '45.4.1', today: new Date('2026-11-26') } as const

describe('a release', () => {
  it('uses the official Electron that package.json names, while that is supported', () => {
    expect(() => checkRelease(made)).not.toThrow()
  })

  it('is refused with the Electron from the npm registry', () => {
    expect(() => checkRelease({ ...made, kind: 'development', electron: '25.1.1' })).toThrow(
      'Electron 25.1.1 from the npm registry is for development only',
    )
  })

  it('is refused with an Electron that somebody put in its place', () => {
    expect(() => checkRelease({ ...made, kind: 'given', electron: '44.0.0' })).toThrow(
      'This is Electron 44.0.0, and package.json names 45.4.1.',
    )
  })

  it('is refused with an Electron that is no longer supported', () => {
    expect(() => checkRelease({ ...made, today: new Date('2028-01-01') })).toThrow('no release may be made with it')
  })

  it('is the only build whose version has no suffix', () => {
    expect([packageVersion('1.2.3', true), packageVersion('1.2.3', false)]).toEqual(['1.2.3', '1.2.3-dev'])
  })
})

describe('the folder of a release', () => {
  // After a lost key was replaced, a folder that the lost key had signed used to be published again.
  it('is built again if the signing key has changed', () => {
    const folder = temporaryFolder('latchkey-release-')
    const runtime = { executable: '/opt/electron/electron', folder: '/opt/electron', kind: 'official' } as const
    const under = (name: string): string[] => otherInputs(runtime, true, { LATCHKEY_RELEASE_KEY: join(folder, name) })
    for (const name of ['old.pem', 'new.pem']) {
      writeFileSync(join(folder, name), generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    }
    expect(under('old.pem')).toEqual(under('old.pem'))
    expect(under('new.pem')).not.toEqual(under('old.pem'))
  })
})

describe('the feed address of a release', () => {
  const key = publisherOf(generateKeyPairSync('ed25519').privateKey)

  it.each(['', 'https://updates.example', 'https://updates.example/latchkey/', 'HTTPS://updates.example:8443/a%20b'])(
    'may be %j',
    (address) => {
      expect(() => checkFeed(address)).not.toThrow()
      expect(() => parseFeed(address, key)).not.toThrow()
    },
  )

  // It used to be packed unread, and the app then refused it at every start.
  it.each([
    ...[
      'updates.example',
      'http://updates.example/',
      'file:///srv/',
      'https://',
      'https://a@updates.example/',
      'https://:b@updates.example/',
    ],
    ...['https://updates.example/?a=b', 'https://updates.example/#a', 'https://updates.example/a?', ' '],
  ])('is refused at build time if the app would refuse it: %j', (address) => {
    expect(() => checkFeed(address)).toThrow('The feed has to be an https address')
    expect(() => parseFeed(address, key)).toThrow()
  })
})
