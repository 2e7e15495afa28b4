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

/** As dpkg runs it on a system that lies in a folder. */
function after(...words: string[]): string {
  const script = join(checkout, 'packaging', 'linux', 'postrm')
  return execFileSync('sh', [script, ...words], { env: { PATH: process.env['PATH'], DPKG_ROOT: system }, encoding: 'utf8' })
}

describe('after a package', () => {
  it.each(['remove', 'purge'])('was taken away, its AppArmor profile goes and it says what stays: %s', (action) => {
    expect(after(action)).toContain('Every vault stays as it is')
    expect(existsSync(join(system, profile))).toBe(false)
  })

  // latchkey-dev over latchkey left latchkey with its settings alone, and purging that took the profile of latchkey-dev: the next start of
  // the system had no sandbox for it.
  it.each(['remove', 'purge'])('that another has replaced, the profile of the one in use stays: %s', (action) => {
    put(program)
    expect(after(action)).toBe('')
    expect(existsSync(join(system, profile))).toBe(true)
  })

  it('was upgraded, the profile stays', () => {
    expect(after('upgrade', '1.2.4')).toBe('')
    expect(existsSync(join(system, profile))).toBe(true)
  })
})
