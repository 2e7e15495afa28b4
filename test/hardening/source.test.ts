import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesBelow } from '../files.ts'

const root = resolve(import.meta.dirname, '..', '..')
const sources = ['shared', 'main', 'preload', 'backend', 'clients', 'renderer']
  .flatMap((folder) => filesBelow(join(root, folder)))
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ file: file.slice(root.length + 1), text: readFileSync(file, 'utf8') }))

function uses(pattern: RegExp): string[] {
  return sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([found]) => `${file}: ${found}`))
}

/** What a test at run time could not show, because it would have to run at exactly the right moment. */
describe('the source', () => {
  it('opens nothing in other programs but the folder of the extension [17]', () => {
    expect(uses(/openExternal/g)).toEqual([])
    expect(uses(/(?<!-)\bshell\.\w+/g).filter((one) => one.startsWith('main/'))).toEqual(['main/app/create-outlets.ts: shell.openPath'])
  })

  it('trusts the system’s certificates, and contains no way to trust others [32]', () => {
    expect(
      uses(/rejectUnauthorized|NODE_TLS_REJECT|setCertificateVerifyProc|certificate-error|checkServerIdentity|ignore-certificate/g).filter(
        (one) => !one.startsWith('main/harden/'),
      ),
    ).toEqual([])
  })

  it('contains no permission, switch or preference that weakens a window [1, 2]', () => {
    expect(uses(/appendSwitch\('[\w-]+'/g)).toEqual([
      "main/index.ts: appendSwitch('disable-quic'",
      "main/index.ts: appendSwitch('xdg-portal-required-version'",
    ])
    expect(
      uses(
        /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|nodeIntegration\w*: true|sandbox: false|contextIsolation: false|webSecurity: false|webviewTag: true|bypassCSP|corsEnabled|allowServiceWorkers|disableSandbox/g,
      ),
    ).toEqual([])
    const index = sources.find(({ file }) => file === 'main/index.ts')?.text ?? ''
    expect(index.indexOf('app.enableSandbox()')).toBeGreaterThan(0)
    expect(index.indexOf('app.enableSandbox()')).toBeLessThan(index.indexOf('whenReady'))
  })

  it('listens to windows in one place, and gives them no way to name a channel [18, 19]', () => {
    expect(uses(/ipcMain\.\w+/g)).toEqual(['main/ipc/serve.ts: ipcMain.handle'])
    expect(new Set(uses(/ipcRenderer\.\w+/g).map((one) => one.split(':')[0]))).toEqual(new Set(['preload/expose.ts']))
  })

  it('starts no crash reporter [25]', () => {
    expect(uses(/crashReporter/g)).toEqual([])
  })
})

describe('the packages', () => {
  it('contain, on Linux, an AppArmor profile that lets the sandbox work where user namespaces are restricted [39]', () => {
    const profile = readFileSync(join(root, 'packaging', 'linux', 'apparmor-profile'), 'utf8')
    expect(profile).toMatch(/^profile latchkey \/usr\/lib\/latchkey\/latchkey-desktop /m)
    expect(profile).toMatch(/^\s+userns,$/m)
  })

  it('have, on macOS, the hardened runtime and one entitlement, which V8 needs to generate code [39]', () => {
    expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toMatch(/^ {2}hardenedRuntime: true$/m)
    const entitlements = readFileSync(join(root, 'packaging', 'mac', 'entitlements.plist'), 'utf8')
    expect([...entitlements.matchAll(/<key>(.+)<\/key>/g)].map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit'])
  })
})
