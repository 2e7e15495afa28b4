import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { chromiumId, firefoxId, hostName } from '../../../clients/shared/protocol/extension-ids.ts'
import type { BrowserId } from '../../../shared/lists/browsers.ts'
import { type BrowserState, Registrations } from '../../../main/browsers/registrations.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

let home: string
beforeEach(() => void (home = temporaryFolder('latchkey-home-')))

const host = '/opt/latchkey/latchkey'

function registrations(platform: NodeJS.Platform = 'linux', env: Record<string, string> = {}, at = host): Registrations {
  return new Registrations({ home, env, platform, host: at, folder: join(home, 'profile') })
}

async function stateOf(id: BrowserId, of = registrations()): Promise<BrowserState | undefined> {
  return (await of.list()).find((one) => one.id === id)
}

/** The first start of a browser: it makes its folder. */
function start(...names: string[]): void {
  mkdirSync(join(home, ...names), { recursive: true })
}

const places: Record<'linux' | 'darwin', Record<BrowserId, { trace: string; manifest: string }>> = {
  linux: {
    chromium: { trace: '.config/chromium', manifest: `.config/chromium/NativeMessagingHosts/${hostName}.json` },
    chrome: { trace: '.config/google-chrome', manifest: `.config/google-chrome/NativeMessagingHosts/${hostName}.json` },
    edge: { trace: '.config/microsoft-edge', manifest: `.config/microsoft-edge/NativeMessagingHosts/${hostName}.json` },
    brave: {
      trace: '.config/BraveSoftware/Brave-Browser',
      manifest: `.config/BraveSoftware/Brave-Browser/NativeMessagingHosts/${hostName}.json`,
    },
    vivaldi: { trace: '.config/vivaldi', manifest: `.config/vivaldi/NativeMessagingHosts/${hostName}.json` },
    firefox: { trace: '.mozilla/firefox', manifest: `.mozilla/native-messaging-hosts/${hostName}.json` },
  },
  darwin: {
    chromium: {
      trace: 'Library/Application Support/Chromium',
      manifest: `Library/Application Support/Chromium/NativeMessagingHosts/${hostName}.json`,
    },
    chrome: {
      trace: 'Library/Application Support/Google/Chrome',
      manifest: `Library/Application Support/Google/Chrome/NativeMessagingHosts/${hostName}.json`,
    },
    edge: {
      trace: 'Library/Application Support/Microsoft Edge',
      manifest: `Library/Application Support/Microsoft Edge/NativeMessagingHosts/${hostName}.json`,
    },
    brave: {
      trace: 'Library/Application Support/BraveSoftware/Brave-Browser',
      manifest: `Library/Application Support/BraveSoftware/Brave-Browser/NativeMessagingHosts/${hostName}.json`,
    },
    vivaldi: {
      trace: 'Library/Application Support/Vivaldi',
      manifest: `Library/Application Support/Vivaldi/NativeMessagingHosts/${hostName}.json`,
    },
    firefox: {
      trace: 'Library/Application Support/Firefox',
      manifest: `Library/Application Support/Mozilla/NativeMessagingHosts/${hostName}.json`,
    },
  },
}
const all = (['linux', 'darwin'] as const).flatMap((platform) =>
  Object.entries(places[platform]).map(([id, place]) => ({ platform, id: id as BrowserId, ...place })),
)

describe('a browser in the list', () => {
  it.each(all)('$id on $platform is found by its folder, and registered where it looks', async ({ platform, id, trace, manifest }) => {
    const here = registrations(platform)
    expect(await stateOf(id, here)).toEqual({ id, installed: false, registered: false, blocked: null })
    start(trace)
    expect(await stateOf(id, here)).toEqual({ id, installed: true, registered: false, blocked: null })
    await here.register(id)
    expect(await stateOf(id, here)).toEqual({ id, installed: true, registered: true, blocked: null })
    expect((await here.list()).filter(({ registered }) => registered)).toHaveLength(1)

    const kept = JSON.parse(readFileSync(join(home, manifest), 'utf8')) as object
    const allowed = id === 'firefox' ? { allowed_extensions: [firefoxId] } : { allowed_origins: [`chrome-extension://${chromiumId}/`] }
    expect(kept).toEqual({ name: hostName, description: expect.any(String), path: host, type: 'stdio', ...allowed })
    expect(statSync(join(home, manifest)).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(join(home, manifest)))).toEqual([`${hostName}.json`])

    await here.unregister(id)
    expect(existsSync(join(home, manifest))).toBe(false)
    expect(await stateOf(id, here)).toEqual({ id, installed: true, registered: false, blocked: null })
  })

  it.each(['.config/mozilla/firefox', '.config/mozilla/firefox-esr'])('Firefox is found by %s too', async (trace) => {
    start(trace)
    await registrations().register('firefox')
    expect(existsSync(join(home, places.linux.firefox.manifest))).toBe(true)
  })

  it('is looked for where XDG_CONFIG_HOME says, if that is a whole path', async () => {
    start('elsewhere/chromium')
    expect(await stateOf('chromium', registrations('linux', { XDG_CONFIG_HOME: join(home, 'elsewhere') }))).toMatchObject({
      installed: true,
    })
    expect(await stateOf('chromium', registrations('linux', { XDG_CONFIG_HOME: 'elsewhere' }))).toMatchObject({ installed: false })
  })

  it.each([
    ['chromium', 'snap', 'snap/chromium'],
    ['firefox', 'snap', 'snap/firefox'],
    ['chrome', 'flatpak', '.var/app/com.google.Chrome'],
    ['firefox', 'flatpak', '.var/app/org.mozilla.firefox'],
    ['brave', 'flatpak', '.var/app/com.brave.Browser'],
  ] as const)('%s from a %s is said to reach nothing, and not registered', async (id, blocked, trace) => {
    start(trace)
    expect(await stateOf(id)).toEqual({ id, installed: true, registered: false, blocked })
    expect(await codeRejected(registrations().register(id))).toBe('browser-unknown')
    start(places.linux[id].trace)
    expect(await stateOf(id)).toEqual({ id, installed: true, registered: false, blocked: null })
  })
})

describe('registering the host with a browser', () => {
  it('makes no browser’s folder where there was none', async () => {
    expect(await codeRejected(registrations().register('chrome'))).toBe('browser-unknown')
    expect(readdirSync(home)).toEqual([])
  })

  it('is the same done twice', async () => {
    start('.config/chromium')
    const path = join(home, places.linux.chromium.manifest)
    await registrations().register('chromium')
    const [text, made] = [readFileSync(path, 'utf8'), statSync(path).ino]
    await registrations().register('chromium')
    expect([readFileSync(path, 'utf8'), statSync(path).ino]).toEqual([text, made])
    await registrations().unregister('chromium')
    await registrations().unregister('chromium')
    expect(existsSync(path)).toBe(false)
  })

  it('leads to where the app is now, for those that were registered before, and for no others', async () => {
    start('.config/chromium')
    start('.config/google-chrome')
    await registrations('linux', {}, '/old/latchkey').register('chromium')
    expect(await stateOf('chromium')).toMatchObject({ registered: false })
    await registrations().refresh()
    expect(await stateOf('chromium')).toMatchObject({ registered: true })
    expect(await stateOf('chrome')).toMatchObject({ registered: false })
  })

  it('takes no path that a browser would look for in its own folder', () => {
    expect(() => registrations('linux', {}, 'latchkey')).toThrow()
  })
})

describe('another program’s manifest', () => {
  const path = (): string => join(home, places.linux.chromium.manifest)
  beforeEach(() => {
    start('.config/chromium/NativeMessagingHosts')
    writeFileSync(join(dirname(path()), 'org.other.json'), 'theirs')
  })

  it.each([
    [
      'another program’s manifest',
      JSON.stringify({ name: hostName, description: '', path: '/other', type: 'stdio', allowed_origins: ['chrome-extension://other/'] }),
    ],
    [
      'a manifest that lets in more than our extension',
      JSON.stringify({
        name: hostName,
        description: '',
        path: host,
        type: 'stdio',
        allowed_origins: [`chrome-extension://${chromiumId}/`, 'chrome-extension://other/'],
      }),
    ],
    ['no manifest at all', 'anything'],
  ])('under our name is left alone: %s', async (_what, text) => {
    writeFileSync(path(), text)
    expect(await stateOf('chromium')).toMatchObject({ registered: false })
    expect(await codeRejected(registrations().register('chromium'))).toBe('browser-unwritable')
    await registrations().refresh()
    await registrations().unregister('chromium')
    expect(readFileSync(path(), 'utf8')).toBe(text)
  })

  it('beside ours is left alone', async () => {
    await registrations().register('chromium')
    await registrations().unregister('chromium')
    expect(readdirSync(dirname(path()))).toEqual(['org.other.json'])
    expect(readFileSync(join(dirname(path()), 'org.other.json'), 'utf8')).toBe('theirs')
  })

  it('as a link in the file’s place is not followed, however it reads', async () => {
    const other = join(home, 'other.json')
    await registrations().register('chromium')
    writeFileSync(other, readFileSync(path()))
    rmSync(path())
    symlinkSync(other, path())
    expect(await stateOf('chromium')).toMatchObject({ registered: false })
    expect(await codeRejected(registrations('linux', {}, '/new/latchkey').register('chromium'))).toBe('browser-unwritable')
    await registrations().unregister('chromium')
    expect(lstatSync(path()).isSymbolicLink()).toBe(true)
    expect(readFileSync(other, 'utf8')).toContain(host)
  })

  it('as a link in the folder’s place is not followed', async () => {
    const elsewhere = join(home, 'elsewhere')
    start('elsewhere')
    rmSync(dirname(path()), { recursive: true })
    symlinkSync(elsewhere, dirname(path()))
    expect(await codeRejected(registrations().register('chromium'))).toBe('browser-unwritable')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('as a folder in the file’s place is said', async () => {
    mkdirSync(path())
    expect(await codeRejected(registrations().register('chromium'))).toBe('browser-unwritable')
  })
})
