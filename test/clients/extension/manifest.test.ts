import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestOf } from '../../../clients/extension/manifest.ts'
import { languages, manifestMessages } from '../../../clients/extension/texts/languages.ts'
import { chromiumId, firefoxId } from '../../../clients/shared/protocol/extension-ids.ts'

const checkout = resolve(import.meta.dirname, '../../..')

interface Manifest {
  readonly permissions: string[]
  readonly key?: string
  readonly version: string
  readonly background: object
  readonly browser_specific_settings?: { gecko: { id: string } }
}

describe.each(['chromium', 'firefox'] as const)('the manifest for %s', (browser) => {
  const manifest = manifestOf(browser, '1.2.3') as Manifest

  it('requests four permissions, and the documentation explains each', () => {
    const told = readFileSync(join(checkout, 'docs/guide/browsers.md'), 'utf8')
    const [, table = ''] = /## Permissions\n([^]*?)\n## /.exec(told) ?? []
    expect([...table.matchAll(/^\| `(\w+)` \| \S/gm)].map(([, name]) => name)).toEqual(manifest.permissions)
    expect(manifest.permissions).toEqual(['activeTab', 'scripting', 'nativeMessaging', 'contextMenus'])
  })

  it('requests no hosts, injects no scripts by itself, and exposes no resources to pages', () => {
    for (const name of [
      'host_permissions',
      'optional_permissions',
      'optional_host_permissions',
      'content_scripts',
      'web_accessible_resources',
      'externally_connectable',
    ]) {
      expect(manifest).not.toHaveProperty(name)
    }
  })

  it('is the one that was built', () => {
    const built = JSON.parse(readFileSync(join(checkout, 'out/extension', browser, 'manifest.json'), 'utf8')) as Manifest
    expect(built).toEqual({ ...manifest, version: built.version })
  })

  it.each(['en', 'de'] as const)('has each of its texts in %s', (language) => {
    const file = join(checkout, 'out/extension', browser, '_locales', language, 'messages.json')
    const built = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>
    const used = [...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map(([, name]) => name)
    expect(Object.keys(built).sort()).toEqual(used.sort())
    expect(built).toEqual(manifestMessages(languages[language]))
    // Browsers' stores cut longer ones.
    expect(built['description']?.message.length).toBeLessThanOrEqual(132)
  })
})

describe('the extension’s id', () => {
  it('is the one that the native messaging host allows', () => {
    const { key = '' } = manifestOf('chromium', '1.2.3') as Manifest
    const digits = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32)
    expect([...digits].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('')).toBe(chromiumId)
    expect((manifestOf('firefox', '1.2.3') as Manifest).browser_specific_settings?.gecko.id).toBe(firefoxId)
  })
})
