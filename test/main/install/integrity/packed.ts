import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeManifest } from '../../../../scripts/dist/signing/manifest.mjs'
import { publisherOf } from '../../../../scripts/dist/signing/signing-key.mjs'
import { temporaryFolder } from '../../../temporary-folder.ts'

export interface Packed {
  readonly folder: string
  readonly resources: string
  readonly publisher: string
  readonly key: KeyObject
}

export const native = 'resources/app.asar.unpacked/node_modules/keytar/keytar.node'

/** A folder as `npm run dist` leaves it, small, with its signed manifest. */
export function packed(): Packed {
  const folder = temporaryFolder('latchkey-packed-')
  const resources = join(folder, 'resources')
  for (const [name, text] of [
    ['latchkey-desktop', 'the program'],
    ['resources/app.asar', 'the archive'],
    ['resources/extension/chromium/manifest.json', '{}'],
    [native, 'native code'],
  ] as const) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const key = generateKeyPairSync('ed25519').privateKey
  writeManifest({ folder, resources, platform: 'linux', version: '1.2.3-dev', release: false, key })
  return { folder, resources, publisher: publisherOf(key), key }
}
