import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { importers } from '../../scripts/import-boundaries.mjs'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { sharedFolder } from '../temporary-folder.ts'

const program = join(checkout, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')

/** Each breaks one rule: the file, its text, and the rule. */
const breaches = [
  ['main/vault/keys/reads-disk.ts', "import 'node:fs'", 'main/vault/'],
  ['main/vault/keys/asks-adapter.ts', "import '../../realm/open.ts'", 'main/vault/'],
  ['main/realm/asks-keychain.ts', "import '../keychain/os.ts'", 'main/realm/'],
  ['main/transfer/import/reads-disk.ts', "import 'node:fs'", 'main/transfer/import/'],
  ['main/app/uses-realm.ts', "import 'realm'", 'realm-in-one-place'],
  ['main/app/uses-keytar.ts', "import 'keytar'", 'keytar-in-one-place'],
  ['main/app/shows-page.ts', "import '../../renderer/ui.ts'", 'main-without-page'],
  ['renderer/bundles-schema.ts', "import { calls } from '../preload/contract.ts'\ncalls()", 'contract-types'],
  ['renderer/asks-main.ts', "import '../main/app/open.ts'", 'renderer/'],
  ['renderer/i18n/en/keychain/doctor/asks.ts', "import '../../../../ui.ts'", 'doctor-is-text'],
  ['preload/shapes.ts', "import './expose.ts'", 'contract-without-preload'],
  ['backend/uses-electron.ts', "import 'electron'", 'backend/'],
  ['clients/cli/asks-main.ts', "import '../../main/app/open.ts'", 'clients/cli/'],
  ['clients/extension/content/asks-app.ts', "import '../background/app.ts'", 'clients/extension/content/'],
  ['shared/uses-node.ts', "import 'node:crypto'", 'shared/'],
  ['main/settings/one.ts', "import type { Other } from './other.ts'\nexport type One = Other", 'circle'],
  ['main/settings/gone.ts', "import './nowhere.ts'", 'missing'],
] as const

/** What the breaches import, and files that keep to the rules. */
const others = {
  'main/settings/other.ts': "import type { One } from './one.ts'\nexport type Other = One | null",
  'main/vault/keys/hashes.ts': "import 'node:crypto'\nimport '../../../shared/list.ts'",
  'main/realm/open.ts': "import 'realm'\nimport '../vault/keys/hashes.ts'",
  'main/keychain/os.ts': "import 'keytar'",
  'main/app/open.ts': "import '../realm/open.ts'",
  'preload/contract.ts': 'export function calls() {}',
  'preload/expose.ts': "import 'electron'",
  'preload/index.ts': "import './contract.ts'\nimport './expose.ts'",
  'renderer/ui.ts': "import type { calls } from '../preload/contract.ts'\nexport type Calls = typeof calls",
  'clients/extension/background/app.ts': 'export {}',
  'shared/list.ts': 'export {}',
}

describe('an import across a boundary', () => {
  const root = sharedFolder('latchkey-boundaries-')
  let found: { from: string; rule: string }[]

  beforeAll(() => {
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    for (const [path, text] of [...breaches, ...Object.entries(others)]) put(path, text)
    for (const name of ['electron', 'keytar', 'realm']) {
      put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
      put(`node_modules/${name}/index.js`, '')
    }
    copyFileSync(join(checkout, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'))
    const config = join(checkout, 'scripts', 'import-boundaries.mjs')
    const { stdout } = spawnSync(process.execPath, [program, '--config', config, '--output-type', 'json', ...importers], {
      cwd: root,
      encoding: 'utf8',
    })
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
    found = summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }))
  })

  it.each(breaches)('is refused: %s', (path, _, rule) => {
    expect(found).toContainEqual({ from: path, rule })
  })

  it('is the only import that is refused', () => {
    expect(found.filter(({ from }) => from in others)).toEqual([])
  })
})
