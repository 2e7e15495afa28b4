import { describe, expect, it } from 'vitest'
import { controlText, debArchitecture, debIdentity } from '../../../scripts/dist/deb/control.mjs'

describe('the identity of a Debian package', () => {
  it('of a release is the app’s name and version', () => {
    expect(debIdentity('1.2.3')).toEqual({ name: 'latchkey', conflicts: 'latchkey-dev', version: '1.2.3' })
  })

  it('of a build that is not a release is a different name, so that no package list shows it as one', () => {
    expect(debIdentity('1.2.3-dev')).toEqual({ name: 'latchkey-dev', conflicts: 'latchkey', version: '1.2.3' })
  })

  it('sorts a pre-release before its release', () => {
    expect(debIdentity('1.2.3-beta.1').version).toBe('1.2.3~beta.1')
  })

  it('names processors as Debian does', () => {
    expect([debArchitecture('x64'), debArchitecture('arm64')]).toEqual(['amd64', 'arm64'])
  })
})

describe('the control file of a Debian package', () => {
  const deb = { architecture: 'amd64', installedSize: 7, depends: ['libc6 (>= 2.34)', 'libnss3'] }

  it('has one field per line, and a description that lintian accepts', () => {
    const text = controlText({ ...deb, ...debIdentity('1.2.3') })
    expect(text).toContain('Package: latchkey\nVersion: 1.2.3\nArchitecture: amd64\n')
    expect(text).toContain('Depends: libc6 (>= 2.34), libnss3\n')
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith(' '))
        .every((line) => line.length <= 80),
    ).toBe(true)
    expect(text.endsWith('.\n')).toBe(true)
  })

  it('replaces a development build, and is replaced by one', () => {
    expect(controlText({ ...deb, ...debIdentity('1.2.3') })).toContain('Conflicts: latchkey-dev\nReplaces: latchkey-dev\n')
    expect(controlText({ ...deb, ...debIdentity('1.2.3-dev') })).toContain('Conflicts: latchkey\nReplaces: latchkey\n')
  })

  it('warns in a development build, and not in a release', () => {
    expect(controlText({ ...deb, ...debIdentity('1.2.3-dev') })).toContain('DEVELOPMENT BUILD')
    expect(controlText({ ...deb, ...debIdentity('1.2.3') })).not.toMatch(/development/i)
  })
})
