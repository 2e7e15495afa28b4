import { describe, expect, it } from 'vitest'
import { openTypist } from '../../../../main/outlets/typist/open-typist.ts'
import { PortalTypist } from '../../../../main/outlets/typist/portal/portal-typist.ts'
import { ScriptTypist } from '../../../../main/outlets/typist/scripts/script-typist.ts'
import { X11Typist } from '../../../../main/outlets/typist/x11/x11-typist.ts'
import { Secret } from '../../../../main/vault/secret.ts'

describe('the typist for a desktop', () => {
  it.each([
    ['an X session', 'linux', { DISPLAY: ':0' }, X11Typist],
    ['a Wayland session', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, PortalTypist],
    ['a Wayland session with an X server for old programs', 'linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' }, PortalTypist],
    ['macOS', 'darwin', {}, ScriptTypist],
    ['Windows', 'win32', {}, ScriptTypist],
  ])('of %s', (_desktop, platform, environment, kind) => {
    expect(openTypist(platform, environment)).toBeInstanceOf(kind)
  })

  it('is none without a screen, and says so', async () => {
    const typist = openTypist('linux', {})
    expect([typist.unavailable, await typist.target()]).toEqual(['typing-unavailable', null])
    const target = { id: '', program: null, title: '', pid: null, browser: false }
    await expect(typist.type(new Secret('abc'), target, new AbortController().signal)).rejects.toThrow('typing-unavailable')
  })
})
