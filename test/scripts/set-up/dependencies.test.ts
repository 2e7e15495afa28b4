import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { installedByHand, lockHash } from '../../../scripts/set-up/dependencies.mjs'
import { npmErrors } from '../../../scripts/set-up/npm.mjs'
import { headerFolders } from '../../../scripts/set-up/realm/node-headers.mjs'
import { lockedPackage } from '../../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'

let root: string
beforeEach(() => void (root = temporaryFolder('checkout-')))

function lock(packages: Record<string, object>) {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }))
}

function install(packages: Record<string, object>) {
  for (const path of Object.keys(packages)) {
    mkdirSync(join(root, path), { recursive: true })
    writeFileSync(join(root, path, 'package.json'), '{}')
  }
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
}

describe('the npm packages', () => {
  const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' } }
  const other = { 'node_modules/other': { version: '1.0.0', integrity: 'sha512-o', optional: true } }

  it("are kept if npm's own record says that all locked ones are installed", () => {
    lock({ ...one, ...other })
    install(one)
    expect(installedByHand(root)).toBe(true)
  })

  it('are installed if there is no node_modules', () => {
    lock(one)
    expect(installedByHand(root)).toBe(false)
  })

  it('are installed if one has other bytes than the locked one', () => {
    lock(one)
    install({ 'node_modules/one': { version: '1.0.0', integrity: 'sha512-two' } })
    expect(installedByHand(root)).toBe(false)
  })

  it("are installed if a package's folder was removed", () => {
    lock(one)
    install(one)
    rmSync(join(root, 'node_modules/one'), { recursive: true })
    expect(installedByHand(root)).toBe(false)
  })

  it('are installed again if the lock file changes', () => {
    lock(one)
    const before = lockHash(root)
    lock({ ...one, ...other })
    expect(lockHash(root)).not.toBe(before)
  })

  it.each(['', '{', '{}', 'null'])('are not installed from a lock file that contains %j', (text) => {
    writeFileSync(join(root, 'package-lock.json'), text)
    expect(() => lockHash(root)).toThrow('package-lock.json cannot be read')
  })

  it('must be pinned with a checksum', () => {
    lock({ 'node_modules/one': { version: '1.0.0' } })
    expect(() => lockedPackage('one', root)).toThrow('does not pin one')
    expect(() => lockedPackage('absent', root)).toThrow('does not pin absent')
  })

  it("fail with npm's cause, not with its advice", () => {
    expect(npmErrors('npm warn old\nnpm error code ENOTFOUND\nnpm error\nnpm error network no such host\n')).toBe(
      'code ENOTFOUND\nnetwork no such host',
    )
  })
})

describe("Node's headers", () => {
  const host = {
    execPath: '/opt/node/bin/node',
    version: '20.19.0',
    home: '/home/ada',
    platform: 'linux' as const,
    environment: {},
    prefix: '/usr/local',
  }

  it('are searched beside the running node first, then in the cache of node-gyp', () => {
    expect(headerFolders(host)).toEqual([
      '/opt/node/include/node',
      '/usr/local/include/node',
      '/home/ada/.cache/node-gyp/20.19.0/include/node',
    ])
  })

  it('are searched first where npm is configured to find them', () => {
    expect(headerFolders({ ...host, environment: { npm_config_nodedir: '/src/node' } })[0]).toBe('/src/node/include/node')
  })
})
