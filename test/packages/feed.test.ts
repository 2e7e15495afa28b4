import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseFeed, manifestName, readManifest } from '../../main/updates/feed.ts'
import { writeFeed } from '../../scripts/dist/feed.mjs'
import { publisherOf } from '../../scripts/dist/signing/signing-key.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
const release = { version: '1.2.3', date: new Date(0), key }

let folder: string
beforeEach(() => (folder = temporaryFolder('latchkey-feed-')))

describe('the feed of a release', () => {
  it.each([
    ['linux', 'x64', 'Latchkey-1.2.3.AppImage', 'latest-linux.json'],
    ['linux', 'arm64', 'Latchkey-1.2.3-arm64.AppImage', 'latest-linux-arm64.json'],
    // With one file name for all processors, the last build's feed replaced the others, and half of the computers got the wrong package.
    ['darwin', 'x64', 'Latchkey-1.2.3-mac-x64.zip', 'latest-mac.json'],
    ['darwin', 'arm64', 'Latchkey-1.2.3-mac-arm64.zip', 'latest-mac-arm64.json'],
    ['win32', 'x64', 'Latchkey-1.2.3-win-x64.exe', 'latest.json'],
    ['win32', 'arm64', 'Latchkey-1.2.3-win-arm64.exe', 'latest-arm64.json'],
  ] as const)('on %s %s is accepted by the app', (platform, arch, file, name) => {
    const paths = [file, 'latchkey_1.2.3_amd64.deb', 'Latchkey-1.2.3.tar.gz', 'Latchkey-portable-1.2.3.exe'].map((one) => join(folder, one))
    for (const path of paths) writeFileSync(path, basename(path))
    const [manifest = '', signature = ''] = writeFeed({ ...release, paths, platform, arch })
    expect([basename(manifest), basename(signature)]).toEqual([name, `${name}.sig`])
    expect(manifestName(platform, arch)).toBe(name)
    const feed = parseFeed('https://updates.example/', publisherOf(key))
    if (feed === null) throw new Error('no feed')
    expect(readManifest(feed, name, readFileSync(manifest), readFileSync(signature, 'latin1'))).toEqual({
      version: '1.2.3',
      files: [{ url: file, sha512: createHash('sha512').update(file).digest('base64'), size: file.length }],
      releaseDate: '1970-01-01T00:00:00.000Z',
    })
  })

  it('is not written if no package of the system updates itself', () => {
    expect(writeFeed({ ...release, paths: [join(folder, 'latchkey_1.2.3_amd64.deb')], platform: 'linux', arch: 'x64' })).toEqual([])
  })
})
