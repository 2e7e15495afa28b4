import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { discard, newProfile } from '../../e2e/support/app/desktop.ts'
import { startPackage, Subject } from '../subject.ts'
import { until } from '../../until.ts'
import { executable, untilEnded } from './package.ts'

const refused = [
  ...['--no-sandbox', '--disable-web-security', '--proxy-server=http://127.0.0.1:9', '--host-resolver-rules=MAP * 127.0.0.1'],
  ...['--ignore-certificate-errors', '--load-extension=/tmp', '--js-flags=--expose-gc', '--password-store=basic', '--single-process'],
  ...['--log-net-log=/tmp/x', '--ssl-key-log-file=/tmp/x', '--user-data-dir=/tmp/x', '--renderer-cmd-prefix=/bin/sh', '--enable-logging'],
]

describe('the start of the app', { timeout: 20_000 }, () => {
  it.each(refused)('is refused with %s, with a sentence, before anything is opened [29]', async (word) => {
    const profile = newProfile()
    const { status, said } = await untilEnded(startPackage(executable, profile, { words: [word] }))
    expect(status).toBe(1)
    expect(said).toContain(`latchkey: it does not start with ${word.split('=')[0]}, which could weaken what keeps your keys safe.`)
    expect(readdirSync(profile).filter((name) => ['cache', 'launch.json', 'profile.json'].includes(name))).toEqual([])
    discard(profile)
  })

  it.each([
    '--remote-debugging-port=0',
    '--remote-debugging-port=9555',
    '--remote-debugging-pipe',
    '-remote-debugging-port=0',
    '--remote-allow-origins=*',
  ])('opens no debugger of pages: %s [28]', async (word) => {
    const profile = newProfile()
    const { status, said } = await untilEnded(startPackage(executable, profile, { words: [word] }))
    discard(profile)
    expect([status, /DevTools listening/.test(said)]).toEqual([1, false])
  })

  it('provides no developer tools: by no key, no menu, and not by its own code [28]', async () => {
    const subject = await Subject.start()
    const opened = await subject.main(async ({ Menu, webContents }) => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
      const keys = [
        { keyCode: 'F12', modifiers: [] },
        { keyCode: 'I', modifiers: ['control', 'shift'] },
        { keyCode: 'J', modifiers: ['control', 'shift'] },
      ] as const
      for (const { keyCode, modifiers } of keys) contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers: [...modifiers] })
      contents?.openDevTools()
      await new Promise((later) => setTimeout(later, 1_000))
      const roles = (Menu.getApplicationMenu()?.items ?? []).flatMap(
        ({ submenu }) => submenu?.items.map(({ role }) => String(role).toLowerCase()) ?? [],
      )
      return {
        open: contents?.isDevToolsOpened(),
        inMenu: roles.includes('toggledevtools'),
        all: webContents.getAllWebContents().map((one) => one.getURL().split(':')[0]),
      }
    }, null)
    await subject.end()
    expect(opened).toEqual({ open: false, inMenu: false, all: expect.not.arrayContaining(['devtools']) })
  })

  it('of a second instance changes nothing in the first, whatever its arguments [30]', { timeout: 60_000 }, async () => {
    const subject = await Subject.withVault()
    const look = async () => ({
      process: await subject.main(() => ({ pid: process.pid, words: process.argv.slice(1) }), null),
      windows: await subject.main(({ BrowserWindow }) => {
        return BrowserWindow.getAllWindows().map((one) => ({
          id: one.id,
          shows: one.webContents.getURL(),
          page: one.webContents.getOSProcessId(),
          visible: one.isVisible(),
        }))
      }, null),
      state: await subject.page(() => window.latchkey.calls['app.state'](null), null),
    })
    await until(() => subject.page(() => true, null, 'palette').catch(() => false)) // the last window that opens by itself
    const before = await look()
    expect(before).toMatchObject({
      process: { pid: subject.process.pid, words: [] },
      state: { ok: true, value: { vault: { status: 'open' } } },
    })
    for (const words of [
      ['latchkey://get/x/y'],
      [`latchkey://key/${'x'.repeat(10_000)}`],
      ['latchkey://lock/../open?x#y'],
      ['--locked'],
      ['file:///etc/passwd'],
      ['javascript:alert(1)'],
      ['\x1b[2J'],
    ]) {
      expect((await untilEnded(startPackage(executable, subject.profile, { words }))).status, words[0]).toBe(0)
      expect(await look(), words[0]).toEqual(before)
    }
    expect((await untilEnded(startPackage(executable, subject.profile, { words: ['--no-sandbox'] }))).status).toBe(1)
    expect(await look()).toEqual(before)
    expect(subject.output()).not.toMatch(/a fault/)
    await subject.end()
  })
})
