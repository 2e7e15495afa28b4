import { statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desktop } from '../support/app/desktop.ts'
import { discard, lock, quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { windowPage } from '../support/app/window-page.ts'
import { filesBelow } from '../../files.ts'

describe('the main window', () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await startWithVault()
  })
  afterAll(() => quitAndDiscard(desktop))

  it('is served from its bundle and from nowhere else', async () => {
    const paths = [
      '/../main/index.cjs',
      '/..%2fmain/index.cjs',
      '/%2e%2e/package.json',
      '//etc/passwd',
      '/etc/passwd',
      '/index.html%00',
      '/assets/',
      '/',
    ]
    const answers = await desktop.app.evaluate(async ({ session }, all) => {
      const ask = (path: string): Promise<number | string> =>
        session
          .fromPartition('index')
          .fetch(`app://bundle${path}`)
          .then(({ status }) => status)
      return Promise.all(
        all.map((path) =>
          Promise.resolve(path)
            .then(ask)
            .catch(() => 'no such address'),
        ),
      )
    }, paths)
    expect(answers.filter((answer) => answer !== 404 && answer !== 'no such address')).toEqual([])
    expect(answers.filter((answer) => answer === 404).length).toBeGreaterThan(4)
    const other = await desktop.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('index')
      return [(await own.fetch('app://other/index.html')).status, (await own.fetch('app://bundle/index.html', { method: 'POST' })).status]
    })
    expect(other).toEqual([404, 404])
  })

  it('keeps the profile private to its user: folders 0700, files 0600', () => {
    const modes = filesBelow(desktop.profile, { folders: true }).map((path) => [path, statSync(path).mode & 0o077])
    expect(modes.length).toBeGreaterThan(5)
    expect(modes.filter(([, others]) => others !== 0)).toEqual([])
  })

  it('comes to the front instead of opening a second time on the same profile', async () => {
    const second = startDesktop(desktop.profile)
    await expect(second).rejects.toThrow()
    expect(mainWindows(desktop)).toHaveLength(1)
  })

  it('gets a new process when it locks, and shows the vault locked', async () => {
    const before = await rendererPid(desktop)
    await lock(desktop)
    expect(await rendererPid(desktop)).not.toBe(before)
    expect(await desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))).toEqual({ ok: false, code: 'locked' })
    await desktop.page.getByRole('button', { name: 'Unlock' }).click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })
})

describe('closing the window', () => {
  // Regression: the palette that appeared at that moment kept the app running invisibly, with the vault open.
  it('quits although a window appears meanwhile that does not close', async () => {
    const desktop = await startWithVault()
    await desktop.app.evaluate(({ app, BrowserWindow }) => {
      app.once('before-quit', () => new BrowserWindow({ show: false }).on('close', (event) => event.preventDefault()))
    })
    await quitAndDiscard(desktop)
  })

  it('quits although the palette is kept hidden beside it', async () => {
    const desktop = await startWithVault()
    await windowPage(desktop.app, 'palette')
    const gone = new Promise<void>((resolve) => desktop.app.process().once('exit', () => resolve()))
    await desktop.page.evaluate(() => window.close())
    await gone
    discard(desktop.profile)
  })
})

/** The palette exists, hidden. */
function mainWindows({ app }: Desktop): unknown[] {
  return app.windows().filter((page) => page.url() !== 'app://bundle/palette.html')
}

function rendererPid(desktop: Desktop): Promise<number | undefined> {
  return desktop.app.evaluate(({ webContents }) => {
    return webContents
      .getAllWebContents()
      .find((one) => one.getURL() === 'app://bundle/index.html')
      ?.getOSProcessId()
  })
}
