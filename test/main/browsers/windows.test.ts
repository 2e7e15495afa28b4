import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { chromiumId, firefoxId, hostName } from '../../../clients/shared/protocol/extension-ids.ts'
import { Registrations } from '../../../main/browsers/registrations.ts'
import { type Registry, WindowsRegistry } from '../../../main/browsers/windows-registry.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

let home: string
beforeEach(() => void (home = temporaryFolder('latchkey-home-')))

class MemoryRegistry implements Registry {
  readonly keys = new Map<string, string>()
  read = async (key: string): Promise<string | null> => this.keys.get(key) ?? null
  write = async (key: string, value: string): Promise<void> => void this.keys.set(key, value)
  remove = async (key: string): Promise<void> => void this.keys.delete(key)
}

describe('registering the host on Windows', () => {
  const host = '/programs/latchkey.exe'
  const registry = (): { registry: MemoryRegistry; here: Registrations } => {
    const env = { LOCALAPPDATA: join(home, 'local'), APPDATA: join(home, 'roaming') }
    const kept = new MemoryRegistry()
    return {
      registry: kept,
      here: new Registrations({ home, env, platform: 'win32', host, folder: join(home, 'profile'), registry: kept }),
    }
  }

  it.each([
    ['chromium', 'local/Chromium/User Data', 'Software\\Chromium'],
    ['chrome', 'local/Google/Chrome/User Data', 'Software\\Google\\Chrome'],
    ['edge', 'local/Microsoft/Edge/User Data', 'Software\\Microsoft\\Edge'],
    ['brave', 'local/BraveSoftware/Brave-Browser/User Data', 'Software\\Google\\Chrome'],
    ['vivaldi', 'local/Vivaldi/User Data', 'Software\\Google\\Chrome'],
    ['firefox', 'roaming/Mozilla/Firefox', 'Software\\Mozilla'],
  ] as const)('%s reads in the registry where its manifest is', async (id, trace, key) => {
    const { registry: kept, here } = registry()
    mkdirSync(join(home, trace), { recursive: true })
    await here.register(id)
    const kind = id === 'firefox' ? 'firefox' : 'chromium'
    const manifest = join(home, 'profile', 'native-messaging', `${kind}.json`)
    expect([...kept.keys]).toEqual([[`${key}\\NativeMessagingHosts\\${hostName}`, manifest]])
    const text = readFileSync(manifest, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ path: host })
    expect(text).toContain(kind === 'firefox' ? firefoxId : chromiumId)
    expect((await here.list()).find((one) => one.id === id)).toMatchObject({ installed: true, registered: true })
    await here.unregister(id)
    expect([...kept.keys]).toEqual([])
    expect((await here.list()).filter(({ registered }) => registered)).toEqual([])
  })

  it('leaves alone a key that leads to somebody else’s manifest', async () => {
    const { registry: kept, here } = registry()
    const key = `Software\\Google\\Chrome\\NativeMessagingHosts\\${hostName}`
    kept.keys.set(key, 'C:\\other.json')
    await here.unregister('chrome')
    expect(kept.keys.get(key)).toBe('C:\\other.json')
  })
})

/** A program in the place of the system's, which keeps what it was asked: there is no registry here to ask. */
describe.runIf(process.platform !== 'win32')('the registry by reg.exe', () => {
  function stand(script: string): WindowsRegistry {
    const folder = join(home, 'System32')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'reg.exe'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${home}/asked'\n${script}\n`)
    chmodSync(join(folder, 'reg.exe'), 0o700)
    return new WindowsRegistry({ SystemRoot: home })
  }
  const asked = (): string[] => readFileSync(join(home, 'asked'), 'utf8').trimEnd().split('\n')

  it('reads a key’s default value, whatever the system calls it in its language', async () => {
    const registry = stand(
      `printf '\\r\\nHKEY_CURRENT_USER\\\\Software\\\\x\\r\\n    (Standard)    REG_SZ    C:\\\\A folder\\\\a.json\\r\\n\\r\\n'`,
    )
    expect(await registry.read('Software\\x')).toBe('C:\\A folder\\a.json')
    expect(asked()).toEqual(['query', 'HKCU\\Software\\x', '/ve'])
  })

  it('reads none of a key that is not there, or has no value', async () => {
    expect(await stand('exit 1').read('Software\\x')).toBe(null)
    expect(await stand(`printf '    (Default)    REG_SZ    \\r\\n'`).read('Software\\x')).toBe(null)
  })

  it('writes and removes a key, each argument by itself', async () => {
    const registry = stand(`printf '    (Default)    REG_SZ    C:\\\\a.json\\r\\n'`)
    await registry.write('Software\\x', 'C:\\A folder\\a.json')
    expect(asked()).toEqual(['add', 'HKCU\\Software\\x', '/ve', '/t', 'REG_SZ', '/d', 'C:\\A folder\\a.json', '/f'])
    await registry.remove('Software\\x')
    expect(asked()).toEqual(['delete', 'HKCU\\Software\\x', '/f'])
  })

  it('says when it did not write', async () => {
    await expect(stand('exit 1').write('Software\\x', 'C:\\a.json')).rejects.toThrow()
    expect(existsSync(join(home, 'asked'))).toBe(true)
  })
})
