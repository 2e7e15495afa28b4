import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { appFolder } from '../../../scripts/dist/deb/stage.mjs'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'

const program = `${appFolder}/latchkey-desktop`
const profile = '/etc/apparmor.d/latchkey'

let system: string
beforeEach(() => {
  system = temporaryFolder('latchkey-system-')
  put(profile)
})

function put(path: string): void {
  mkdirSync(join(system, dirname(path)), { recursive: true })
  writeFileSync(join(system, path), '')
}

/** Runs the script as dpkg does, for a system in a folder. */
function after(...words: string[]): string {
  const script = join(checkout, 'packaging', 'linux', 'postrm')
  return execFileSync('sh', [script, ...words], { env: { PATH: process.env['PATH'], DPKG_ROOT: system }, encoding: 'utf8' })
}

describe('the package’s removal script', () => {
  it.each(['remove', 'purge'])('removes the AppArmor profile and says which files stay: %s', (action) => {
    expect(after(action)).toContain('Every vault stays as it is')
    expect(existsSync(join(system, profile))).toBe(false)
  })

  // When latchkey-dev replaced latchkey, purging latchkey's remaining settings used to remove latchkey-dev's profile: after the next start
  // of the system there was no sandbox.
  it.each(['remove', 'purge'])('keeps the profile if another package replaced this one: %s', (action) => {
    put(program)
    expect(after(action)).toBe('')
    expect(existsSync(join(system, profile))).toBe(true)
  })

  it('keeps the profile on an upgrade', () => {
    expect(after('upgrade', '1.2.4')).toBe('')
    expect(existsSync(join(system, profile))).toBe(true)
  })
})
