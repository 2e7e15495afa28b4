import { describe, expect, it } from 'vitest'
import { desktopOf } from '../../../../main/keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../../../../main/keychain/diagnostics/diagnose.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { runInOwnSession, withoutLibsecret } from '../fixtures/own-session-run.ts'

const examined = (state: string, setting?: typeof withoutLibsecret): Promise<unknown> =>
  runInOwnSession('test/main/keychain/diagnostics/examined-keychain.ts', [state], setting)
const gnome = 'gnome-keyring-daemon'

describe.runIf(process.platform === 'linux')('the diagnosis of a real session', () => {
  it('reports `fine` for an open keyring, and names the program that provides it', async () => {
    expect(await examined('open')).toEqual({ provider: gnome, findings: [], prompted: false })
  })

  it('reports a missing session bus', async () => {
    expect(await examined('no bus')).toEqual({ provider: null, findings: ['no-bus'], prompted: false })
  })

  it('reports that no Secret Service is on the bus', async () => {
    expect(await examined('no service')).toEqual({ provider: null, findings: ['no-service'], prompted: false })
  })

  it('reports a program that owns the service’s name but is not a Secret Service', async () => {
    expect(await examined('is something else')).toMatchObject({ findings: ['no-service'] })
  })

  it('reports that there is no default keyring, without a prompt for the password of a new one', async () => {
    expect(await examined('no keyring')).toEqual({ provider: gnome, findings: ['no-collection'], prompted: false })
  })

  it('reports a locked keyring, without a prompt for its password', async () => {
    expect(await examined('locked')).toEqual({ provider: gnome, findings: ['locked'], prompted: false })
  })

  it('reports that the service denies access', async () => {
    expect(await examined('refuses')).toMatchObject({ findings: ['denied'] })
  })

  it('reports that a person dismissed the prompt', async () => {
    expect(await examined('asks a person, who says no')).toMatchObject({ findings: ['denied'] })
  })

  it('reports a service that ends at the first call', async () => {
    expect(await examined('breaks off at the first question')).toMatchObject({ findings: ['died'] })
  })

  it('reports that the daemon was killed between two calls', async () => {
    expect(await examined('killed midway')).toEqual({ provider: gnome, findings: ['died'], prompted: false })
  })

  it('reports a killed daemon even if the bus has started a new, locked one', async () => {
    expect(await examined('killed midway and started again')).toMatchObject({ provider: gnome, findings: ['died'] })
  })

  it('reports a daemon that was replaced after Latchkey started, because libsecret keeps calling the old one', async () => {
    expect(await examined('killed and started again, after it was used')).toEqual({ provider: gnome, findings: ['died'], prompted: false })
  })

  it('reports a daemon that hangs, within the deadline', async () => {
    expect(await examined('hanging')).toEqual({ provider: gnome, findings: ['timeout'], prompted: false })
  })

  it('reports a missing libsecret when everything else is in order', async () => {
    expect(await examined('open', withoutLibsecret)).toEqual({ provider: gnome, findings: ['library-missing'], prompted: false })
  })

  it('reports a missing libsecret together with other trouble, so that one diagnosis lists everything to fix', async () => {
    expect(await examined('no service', withoutLibsecret)).toMatchObject({ findings: ['library-missing', 'no-service'] })
  })
})

describe('the diagnosis of a keychain that is only tested by an item', () => {
  const examine = (keychain: MemoryKeychain): Promise<unknown> => examineKeychain({ platform: 'darwin', env: {}, keychain })

  it('reports `fine` if an item can be written, and removes it again', async () => {
    const keychain = new MemoryKeychain()
    expect(await examine(keychain)).toEqual({ provider: null, desktop: 'macos', findings: [] })
    expect(keychain.calls).toHaveLength(2)
    expect(keychain.items.size).toBe(0)
  })

  it('reports the failure of the system', async () => {
    const keychain = new MemoryKeychain()
    const found: unknown[] = []
    for (const failure of ['locked', 'denied', 'timeout', 'library-missing', 'unavailable'] as const) {
      keychain.failure = failure
      found.push(await examine(keychain))
    }
    const findings = ['locked', 'denied', 'timeout', 'library-missing', 'no-service']
    expect(found).toEqual(findings.map((finding) => ({ provider: null, desktop: 'macos', findings: [finding] })))
  })

  it('reports a keychain that does not keep an item, or does not remove it', async () => {
    const forgetful = Object.assign(new MemoryKeychain(), { forgetful: true })
    expect(await examine(forgetful)).toMatchObject({ findings: ['no-service'] })
    const keeping = new MemoryKeychain()
    keeping.failing = (call) => (call === 'remove' ? 'denied' : null)
    expect(await examine(keeping)).toMatchObject({ findings: ['denied'] })
  })
})

describe('the desktop', () => {
  it.each([
    ['GNOME', 'gnome'],
    ['ubuntu:GNOME', 'gnome'],
    ['GNOME-Classic:GNOME', 'gnome'],
    ['KDE', 'kde'],
    ['XFCE', 'xfce'],
    ['X-Cinnamon', 'other'],
  ])('%s is %s', (current, desktop) => {
    expect(desktopOf('linux', { XDG_CURRENT_DESKTOP: current, DISPLAY: ':0' })).toBe(desktop)
  })

  it('is none without a display that could show a prompt', () => {
    expect(desktopOf('linux', {})).toBe('none')
    expect(desktopOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe('other')
  })

  it('is the platform’s own on macOS and Windows', () => {
    expect([desktopOf('darwin', {}), desktopOf('win32', {})]).toEqual(['macos', 'windows'])
  })
})
