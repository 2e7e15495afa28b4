import { describe, expect, it } from 'vitest'
import { desktopOf } from '../../../../main/keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../../../../main/keychain/diagnostics/diagnose.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { runInOwnSession, withoutLibsecret } from '../fixtures/own-session-run.ts'

const examined = (state: string, setting?: typeof withoutLibsecret): Promise<unknown> =>
  runInOwnSession('test/main/keychain/diagnostics/examined-keychain.ts', [state], setting)
const gnome = 'gnome-keyring-daemon'

describe.runIf(process.platform === 'linux')('the doctor, of a real session', () => {
  it('finds nothing where the keyring is open, and names the program that answers for it', async () => {
    expect(await examined('open')).toEqual({ provider: gnome, findings: [], prompted: false })
  })

  it('finds that there is no bus', async () => {
    expect(await examined('no bus')).toEqual({ provider: null, findings: ['no-bus'], prompted: false })
  })

  it('finds that nobody on the bus keeps passwords', async () => {
    expect(await examined('no service')).toEqual({ provider: null, findings: ['no-service'], prompted: false })
  })

  it('finds that what has the name of the service is no such service', async () => {
    expect(await examined('is something else')).toMatchObject({ findings: ['no-service'] })
  })

  it('finds that no keyring was made yet, and does not have the system ask for the password of a new one', async () => {
    expect(await examined('no keyring')).toEqual({ provider: gnome, findings: ['no-collection'], prompted: false })
  })

  it('finds that the keyring is locked, and does not have the system ask for its password', async () => {
    expect(await examined('locked')).toEqual({ provider: gnome, findings: ['locked'], prompted: false })
  })

  it('finds that the service refuses', async () => {
    expect(await examined('refuses')).toMatchObject({ findings: ['denied'] })
  })

  it('finds that a person said no to what the system asked', async () => {
    expect(await examined('asks a person, who says no')).toMatchObject({ findings: ['denied'] })
  })

  it('finds that the service ended at the first question', async () => {
    expect(await examined('breaks off at the first question')).toMatchObject({ findings: ['died'] })
  })

  it('finds that the daemon was killed between two questions', async () => {
    expect(await examined('killed midway')).toEqual({ provider: gnome, findings: ['died'], prompted: false })
  })

  it('finds that too where the bus has started another daemon since, which is locked', async () => {
    expect(await examined('killed midway and started again')).toMatchObject({ provider: gnome, findings: ['died'] })
  })

  it('finds that the daemon was another one when Latchkey started, which its library goes on calling', async () => {
    expect(await examined('killed and started again, after it was used')).toEqual({ provider: gnome, findings: ['died'], prompted: false })
  })

  it('finds that the daemon hangs, and ends all the same', async () => {
    expect(await examined('hanging')).toEqual({ provider: gnome, findings: ['timeout'], prompted: false })
  })

  it('finds that libsecret is missing, where everything else is there', async () => {
    expect(await examined('open', withoutLibsecret)).toEqual({ provider: gnome, findings: ['library-missing'], prompted: false })
  })

  it('finds what is missing beside libsecret, so that one look tells all there is to do', async () => {
    expect(await examined('no service', withoutLibsecret)).toMatchObject({ findings: ['library-missing', 'no-service'] })
  })
})

describe('the doctor, of a system whose keychain is only tried out', () => {
  const examine = (keychain: MemoryKeychain): Promise<unknown> => examineKeychain({ platform: 'darwin', env: {}, keychain })

  it('finds nothing where an item can be put in, and leaves none behind', async () => {
    const keychain = new MemoryKeychain()
    expect(await examine(keychain)).toEqual({ provider: null, desktop: 'macos', findings: [] })
    expect(keychain.calls).toHaveLength(2)
    expect(keychain.items.size).toBe(0)
  })

  it('finds what the system said', async () => {
    const keychain = new MemoryKeychain()
    const found: unknown[] = []
    for (const failure of ['locked', 'denied', 'timeout', 'library-missing', 'unavailable'] as const) {
      keychain.failure = failure
      found.push(await examine(keychain))
    }
    const findings = ['locked', 'denied', 'timeout', 'library-missing', 'no-service']
    expect(found).toEqual(findings.map((finding) => ({ provider: null, desktop: 'macos', findings: [finding] })))
  })

  it('finds that it does not keep what it takes, or does not give it up again', async () => {
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

  it('is none where there is no screen to ask on', () => {
    expect(desktopOf('linux', {})).toBe('none')
    expect(desktopOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe('other')
  })

  it('is the system’s own elsewhere', () => {
    expect([desktopOf('darwin', {}), desktopOf('win32', {})]).toEqual(['macos', 'windows'])
  })
})
