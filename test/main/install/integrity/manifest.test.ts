import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../../../main/install/integrity/manifest.ts'
import { publisherOf } from '../../../../scripts/dist/signing/signing-key.mjs'
import { native, packed } from './packed.ts'

describe('the manifest of a package', () => {
  it('names every file that was packed, and itself not', () => {
    const { resources, publisher } = packed()
    const { version, release, files } = readManifest(resources, publisher)
    expect({ version, release }).toEqual({ version: '1.2.3-dev', release: false })
    expect(Object.keys(files)).toEqual(
      ['latchkey-desktop', native, 'resources/app.asar', 'resources/extension/chromium/manifest.json'].sort(),
    )
  })

  it('is refused with one byte changed', () => {
    const { resources, publisher } = packed()
    const file = join(resources, 'manifest.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('1.2.3', '1.2.4'))
    expect(() => readManifest(resources, publisher)).toThrow('manifest-forged')
  })

  it('is refused if somebody else signed it', () => {
    const { resources } = packed()
    const other = publisherOf(generateKeyPairSync('ed25519').privateKey)
    expect(() => readManifest(resources, other)).toThrow('manifest-forged')
  })

  it.each(['', 'no key', publisherOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)])(
    'is refused if its maker is unknown',
    (publisher) => {
      expect(() => readManifest(packed().resources, publisher)).toThrow('manifest-forged')
    },
  )

  it.each(['manifest.json', 'manifest.sig'])('is refused without %s', (file) => {
    const { resources, publisher } = packed()
    rmSync(join(resources, file))
    expect(() => readManifest(resources, publisher)).toThrow(`manifest-missing: ${file}`)
  })
})
