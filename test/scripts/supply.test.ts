import { describe, expect, it, vi } from 'vitest'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { judge } from '../../scripts/supply/audit.mjs'
import { stableSince, supportEnds, supportFault } from '../../scripts/supply/electron-support.mjs'
import { isAllowed, licenceFaults } from '../../scripts/supply/licences.mjs'
import { agreementFaults, lockFaults, packageFaults, settingFaults } from '../../scripts/supply/lock-file.mjs'
import { type Locked, manifest, packagesOfLock } from '../../scripts/supply/packages.mjs'
import { billOfMaterials } from '../../scripts/supply/sbom.mjs'
import { importsIn, shippedPackages } from '../../scripts/supply/shipped.mjs'
import { thirdPartyText } from '../../scripts/supply/third-party.mjs'

interface Bill {
  readonly bomFormat: string
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } }
  readonly components: readonly { readonly name: string; readonly version: string; readonly hashes?: readonly { alg: string }[] }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const integrity = `sha512-${'A'.repeat(86)}==`
const one: Locked = {
  ...{ path: 'node_modules/one', name: 'one', version: '1.0.0', license: 'MIT', dev: false, optional: false },
  ...{ integrity, resolved: null, link: false, hasInstallScript: false, needs: [] },
}

describe('package-lock.json', () => {
  it('pins everything that this checkout installs, and installing runs no code', () => {
    expect(lockFaults()).toEqual([])
  })

  it.each<[string, Partial<Locked>]>([
    ['has no checksum', { integrity: null }],
    ['has a weak checksum', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['comes without encryption', { resolved: 'http://registry.example/one.tgz' }],
    ['comes from a repository', { resolved: 'git+ssh://git@host.example/one.git#main' }],
    ['comes from a file', { resolved: 'file:../one.tgz' }],
    ['is a link', { link: true }],
    ['has an install script', { hasInstallScript: true }],
  ])('is refused when a package %s', (_what, changed) => {
    expect(packageFaults(one)).toEqual([])
    expect(packageFaults({ ...one, ...changed })).toEqual([expect.stringContaining('one@1.0.0')])
  })

  it('has to agree with package.json, which names exact versions', () => {
    const lock = (root: object, installed = '1.0.0'): object => ({
      lockfileVersion: 3,
      packages: { '': root, 'node_modules/one': { version: installed } },
    })
    const faults = (range: string, locked = range, installed?: string): string[] =>
      agreementFaults({ dependencies: { one: range } }, lock({ dependencies: { one: locked } }, installed))
    expect(faults('1.0.0')).toEqual([])
    expect(faults('npm:@other/one@1.0.0')).toEqual([])
    for (const range of ['^1.0.0', '*', 'latest', '>=1', 'github:a/b', 'file:../one', 'npm:other@^1'])
      expect(faults(range), range).toHaveLength(1)
    expect(faults('1.0.0', '1.0.1')).toHaveLength(1)
    expect(faults('1.0.1', '1.0.1')).toEqual([expect.stringContaining('installs 1.0.0')])
    expect(agreementFaults({}, lock({ devDependencies: { one: '1.0.0' } }))).toEqual([expect.stringContaining('absent in package.json')])
    expect(agreementFaults({}, { lockfileVersion: 1 })).toHaveLength(1)
  })

  it('comes with settings that turn install scripts off, and with no others', () => {
    expect(settingFaults('ignore-scripts=true\nsave-exact=true\n')).toEqual([])
    expect(settingFaults('ignore-scripts=false\nsave-exact=true\n')).toHaveLength(1)
    expect(settingFaults('')).toHaveLength(2)
    expect(settingFaults('ignore-scripts = true\nsave-exact=true\nstrict-ssl=false\n')).toEqual([expect.stringContaining('strict-ssl')])
  })
})

describe('licences', () => {
  it('of all packages are on the lists', () => {
    expect(licenceFaults(packagesOfLock(), shippedPackages())).toEqual([])
  })

  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['MIT AND ISC', true],
    ['MIT OR (ISC AND GPL-2.0)', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
  ])('of %j may be shipped: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed)
  })

  it('are restricted more for shipped packages than for tools', () => {
    const tool = { ...one, license: 'MPL-2.0', dev: true }
    const gone = /is not installed any more/
    const faults = (packages: Locked[], shipped: Locked[]): string[] =>
      licenceFaults(packages, shipped).filter((fault) => !gone.test(fault))
    expect(faults([tool], [])).toEqual([])
    expect(faults([tool], [tool])).toEqual([expect.stringContaining('MPL-2.0')])
    expect(faults([{ ...one, license: null }], [])).toEqual([expect.stringContaining('does not name')])
    expect(licenceFaults([], []).every((fault) => gone.test(fault))).toBe(true)
  })
})

describe('the list of shipped packages', () => {
  it('has the dependencies, bundled packages and their dependencies, but no tools', () => {
    const names = shippedPackages().map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['svelte', 'bits-ui', '@floating-ui/dom', '@github/keytar', 'realm', 'bindings', '@jellybrick/dbus-next']),
    )
    for (const tool of ['electron', 'vitest', 'eslint', 'electron-builder', 'playwright-core', 'tsx', 'realm-web'])
      expect(names).not.toContain(tool)
  })

  it('is found by every form of import, except type imports', () => {
    const text =
      "import 'a'\nimport b, { c } from 'b/x'\nimport type { D } from 'd'\nexport * from './own.ts'\nawait import('@e/f')\nrequire('g')\n"
    expect(importsIn(text)).toEqual(['a', 'b/x', './own.ts', '@e/f', 'g'])
  })

  // Regression: after a build in the same process, the bill of materials left out everything that is bundled.
  it.each(['test', 'production'])('appears in the licence notices and in the bill of materials (%s)', async (environment) => {
    vi.stubEnv('NODE_ENV', environment)
    const texts = thirdPartyText()
    const bom = (await billOfMaterials({ electron: '45.4.1' })) as Bill
    const { name, version } = manifest()
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name, version } } })
    const refs = new Set(bom.dependencies.map(({ ref }) => ref))
    for (const { dependsOn } of bom.dependencies)
      for (const ref of dependsOn) expect(refs.has(ref) || ref === 'electron@45.4.1', ref).toBe(true)
    for (const { name, version, path } of shippedPackages()) {
      expect(texts).toContain(`${name} ${version} (`)
      const listed = bom.components.find(
        (component) => [name, path.split('node_modules/').at(-1)].includes(component.name) && component.version === version,
      )
      expect(
        listed?.hashes?.map(({ alg }) => alg),
        name,
      ).toEqual(['SHA-512'])
    }
    expect(bom.components.at(-1)).toMatchObject({ name: 'electron', version: '45.4.1' })
    expect(texts).toContain('Permission is hereby granted, free of charge')
    expect(texts).not.toContain(checkout)
    vi.unstubAllEnvs()
  })
})

describe('the registry’s audit', () => {
  const hole = { name: 'one', severity: 'high', via: [{ title: 'a hole', url: 'https://advisory.example/1' }], nodes: ['node_modules/one'] }

  it('fails for a severe vulnerability of a shipped package, and only reports those of tools and lesser ones', () => {
    const shipped = new Set(['node_modules/one'])
    expect(judge({ one: hole }, shipped)).toEqual({ faults: ['one: a hole (high, https://advisory.example/1)'], warnings: [] })
    expect(judge({ one: { ...hole, severity: 'low' } }, shipped).faults).toEqual([])
    expect(judge({ one: hole }, new Set()).warnings).toHaveLength(1)
    expect(judge({ one: { ...hole, via: ['other'] } }, shipped)).toEqual({ faults: [], warnings: [] }) // reported with `other`
  })
})

describe('Electron’s support table', () => {
  it('contains the major version of package.json', () => {
    const version = manifest()['devDependencies'].electron as string
    expect(stableSince).toHaveProperty(version.split('.')[0] ?? '')
    expect(supportEnds(version)).toBeInstanceOf(Date)
  })

  it('ends support when the third major version after it becomes stable', () => {
    expect(supportEnds('25.1.1')?.toISOString()).toMatch(/^2023-12-05/)
    expect(supportFault('25.1.1', new Date('2023-12-04'))).toBeNull()
    expect(supportFault('25.1.1', new Date('2023-12-05'))).toMatch(/has had no support since 2023-12-05/)
  })

  it('assumes the earliest possible day while that version has no date: eight weeks per major version', () => {
    expect(supportEnds('45.4.1')?.toISOString()).toMatch(/^2027-04-06/)
    expect(supportFault('45.4.1', new Date('2027-04-05'))).toBeNull()
    expect(supportFault('45.4.1', new Date('2027-04-06'))).toMatch(/no release/)
  })

  it.each(['29.0.0', '99.0.0', 'next'])('is null for a major version without a date, as %s', (version) => {
    expect(supportFault(version, new Date('2020-01-01'))).toMatch(/no date/)
  })
})
