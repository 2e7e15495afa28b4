import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { promptCalls, promptEvents } from '../../../preload/prompt-contract.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { named, Prompting, request, shell, site } from '../support/pages/prompting.ts'
import type { SmallWindowsApp } from '../support/pages/small-windows.ts'

describe('the prompt’s window', () => {
  let prompting: Prompting
  let windows: SmallWindowsApp

  beforeAll(async () => {
    prompting = await Prompting.start()
    windows = prompting.windows
  })
  afterEach(() => prompting.clear())
  afterAll(() => windows.quit())

  it('exists only while there is a request, on top and with a title', async () => {
    expect(await prompting.count()).toBe(0)
    const page = await prompting.askAndWait()
    const facts = await windows.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows().filter((one) => one.webContents.getURL().endsWith('prompt.html'))
      return { visible: window?.isVisible(), onTop: window?.isAlwaysOnTop(), resizable: window?.isResizable(), title: window?.getTitle() }
    })
    expect(facts).toEqual({ visible: true, onTop: true, resizable: false, title: 'Latchkey asks' })
    await prompting.click(page, 'Allow')
    await prompting.expectEnded(['once'])
    await expect.poll(() => prompting.count()).toBe(0)
  })

  it('says which key, for what purpose, for whom, where, and what the program claims', async () => {
    await prompting.ask(request({ purpose: 'run', requester: { ...shell, program: '/opt/tools/make' }, detail: 'node serve.js' }))
    const page = await prompting.shown()
    const text = await page.locator('main').innerText()
    for (const told of ['Run a command with this key?', 'stripe-live', 'This computer', '/opt/tools/make', '/home/ada/shop', 'pts/3']) {
      expect(text).toContain(told)
    }
    const claim = page.getByRole('figure', { name: 'The program says, and Latchkey cannot check it:' })
    expect(await claim.innerText()).toContain('node serve.js')
    expect(text).toMatch(/Refused in (60|5\d) s/)
  })

  it('runs sandboxed under the page’s policy, with its own calls and no others', async () => {
    const page = await prompting.ask()
    const found = await page.evaluate(() => ({
      calls: Object.keys(window.latchkeyPrompt.calls),
      events: Object.keys(window.latchkeyPrompt.events),
      frozen: Object.isFrozen(window.latchkeyPrompt) && Object.isFrozen(window.latchkeyPrompt.calls),
      others: [typeof window.latchkey, typeof window.latchkeyPalette, typeof require, typeof process],
    }))
    expect(found).toEqual({
      ...{ calls: Object.keys(promptCalls), events: Object.keys(promptEvents), frozen: true },
      others: Array(4).fill('undefined'),
    })
    const pid = await windows.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((one) => one.getURL().endsWith('prompt.html'))
        ?.getOSProcessId(),
    )
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
    const led = await page.evaluate(async () => {
      const fetched = await fetch('https://example.com/').then(
        () => 'done',
        () => 'refused',
      )
      location.href = 'app://bundle/palette.html'
      return [fetched, window.open('https://example.com/') === null]
    })
    expect(led).toEqual(['refused', true])
    await page.waitForTimeout(300)
    expect(page.url()).toBe('app://bundle/prompt.html')
  })

  it('is served its own page, and no other window’s', async () => {
    await prompting.ask()
    const statuses = await windows.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('prompt')
      const paths = ['prompt.html', 'index.html', 'palette.html', '../preload/prompt.cjs']
      return Promise.all(paths.map(async (path) => (await own.fetch(`app://bundle/${path}`)).status))
    })
    expect(statuses).toEqual([200, 404, 404, 404])
  })

  it('cannot be answered from another window, even with the same preload and page', async () => {
    await prompting.ask()
    const answered = await windows.app.evaluate(
      async ({ BrowserWindow, session }, preload) => {
        const webPreferences = { preload, sandbox: true, session: session.fromPartition('prompt') }
        const other = new BrowserWindow({ show: false, webPreferences })
        await other.loadURL('app://bundle/prompt.html')
        const answer: unknown = await other.webContents.executeJavaScript("window.latchkeyPrompt.calls['prompt.current'](null)")
        other.destroy()
        return answer
      },
      resolve(import.meta.dirname, '..', '..', '..', 'out', 'preload', 'prompt.cjs'),
    )
    expect(answered).toEqual({ ok: false, code: 'input-invalid' })
  })

  it('focuses Deny, which Enter and Space press', async () => {
    for (const key of ['Enter', 'Space']) {
      const page = await prompting.askAndWait()
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Deny')
      await prompting.pressUntilEnded(page, key)
      await prompting.expectEnded(['approval-denied'])
    }
  })

  it('denies on Escape, and when it is closed', async () => {
    const page = await prompting.askAndWait()
    await prompting.pressUntilEnded(page, 'Escape')
    await prompting.expectEnded(['approval-denied'])
    await prompting.askAndWait()
    await prompting.close()
    await prompting.expectEnded(['approval-denied'])
  })

  it('can be answered by keyboard alone, for the chosen duration', async () => {
    const page = await prompting.askAndWait()
    await page.getByRole('radio', { name: 'Only now' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText(/^Until \d\d:\d\d, or until the vault is locked, this program gets it in this folder and terminal/).waitFor()
    await page.getByText(/Any program in the same terminal can pass as it\.$/).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Allow for 15 minutes')
    await prompting.pressUntilEnded(page, 'Enter')
    await prompting.expectEnded(['for-a-while'])
  })

  it('does not offer always to a program, and says that what it shows is observed and not proved', async () => {
    const seen = { pid: 4711, startedAt: Date.now(), startedBy: '/usr/bin/xterm' }
    await windows.app.evaluate((_electron, asked) => globalThis.stage.ask(asked), request({ requester: { ...shell, process: seen } }))
    const page = await prompting.shown()
    await prompting.armed(page)
    await page.getByText(/^Process 4711, started .*\. Seen, not proved: a program can pass as another\.$/).waitFor()
    await page.getByText('/usr/bin/xterm').waitFor()
    const radios = page.getByRole('radio')
    expect([await radios.count(), await page.getByRole('radio', { name: 'Always' }).count()]).toEqual([2, 0])
    await expectAccessible(page)
    await prompting.pressUntilEnded(page, 'Escape')
    await prompting.expectEnded(['approval-denied'])
  })

  it('shows the next request in the same window once the first is answered, and says how many are queued', async () => {
    const page = await prompting.ask(request({ keys: [named('first')] }))
    await windows.app.evaluate((_electron, next) => globalThis.stage.ask(next), request({ keys: [named('second', 'b')] }))
    await page.getByText('1 more request waits').waitFor()
    await prompting.armed(page)
    await prompting.click(page, 'Allow')
    await page.getByText('second').waitFor()
    expect(await page.getByText('first').count()).toBe(0)
    expect(await prompting.count()).toBe(1)
    await prompting.armed(page)
    await prompting.click(page, 'Deny')
    await prompting.expectEnded(['once', 'approval-denied'])
  })

  // Regression: the longer sentence pushed the choices up, and the next click hit another control.
  it('moves neither choices nor answers when another duration is chosen', async () => {
    const page = await prompting.askAndWait(request({ purpose: 'run', detail: 'node serve.js' }))
    const tops = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[role=radio], [data-answers] button')].map((one) => one.getBoundingClientRect().top),
      )
    const before = await tops()
    await page.getByRole('radio', { name: '15 minutes' }).click()
    await page.getByText(/^Until .* Any program in the same terminal can pass as it\.$/).waitFor()
    expect(await page.getByText('The next time, you are asked again.').isVisible()).toBe(false)
    expect(await tops()).toEqual(before)
  })

  it('makes what a low screen cuts off reachable by keyboard', async () => {
    const page = await prompting.askAndWait(request({ purpose: 'run', detail: 'node serve.js' }))
    const facts = page.getByRole('group', { name: 'Run a command with this key?' })
    expect(await facts.count()).toBe(0) // all of it is visible
    await page.setViewportSize({ width: 480, height: 360 })
    await facts.focus()
    await page.keyboard.press('End')
    await expect.poll(() => facts.evaluate((one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 1)).toBe(true)
    await expectAccessible(page)
  })

  it('closes when the vault is locked', async () => {
    await prompting.ask()
    await windows.app.evaluate(() => globalThis.stage.lock())
    await prompting.expectEnded(['locked'])
    await expect.poll(() => prompting.count()).toBe(0)
  })

  it('denies its request when its process ends', async () => {
    await prompting.ask()
    await windows.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((one) => one.getURL().endsWith('prompt.html'))
        ?.forcefullyCrashRenderer(),
    )
    await prompting.expectEnded(['internal'])
    await prompting.askAndWait()
  })

  it('pairs a browser by its code', async () => {
    await windows.app.evaluate(() => globalThis.stage.pair({ browser: '/usr/lib/chromium/chromium', code: '482913', otherAttempts: 2 }))
    const page = await prompting.shown()
    await prompting.armed(page)
    await expectAccessible(page)
    await page
      .getByRole('alert')
      .getByText(/^2 other pairings were begun in the last ten minutes and not confirmed/)
      .waitFor()
    expect(await page.getByLabel('Code: 4 8 2 9 1 3').innerText()).toMatch(/482\s*913/)
    await prompting.click(page, 'The same code')
    await prompting.expectEnded(['done'])
  })

  it('asks to confirm a server, with its full address, its app and what is sent there', async () => {
    const server = { url: 'https://xn--kys-sma.example/latchkey', appId: 'team' }
    const confirm = (key: { name: string; account: string } | null) =>
      windows.app.evaluate((_electron, request) => globalThis.stage.confirmServer(request), {
        ...{ server, isNew: key === null, key },
        sends: key === null ? 'password' : 'stored-value',
      } as const)
    await confirm(null)
    const page = await prompting.shown()
    await prompting.armed(page)
    await expectAccessible(page)
    const said = await page.locator('main').innerText()
    for (const told of ['Connect to this server?', server.url, 'coded form', 'team', 'Your e-mail and password'])
      expect(said).toContain(told)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Cancel')
    await prompting.click(page, 'Connect')
    await prompting.expectEnded(['done'])
    await confirm({ name: 'imported', account: 'Stored values' })
    const next = await prompting.shown()
    await prompting.armed(next)
    await expectAccessible(next)
    expect(await next.locator('main').innerText()).toMatch(/Send this value to this server\?[^]*The value of imported[^]*Stored values/)
    await prompting.click(next, 'Cancel')
    await prompting.expectEnded(['server-unconfirmed'])
  })

  it('lets the user choose a key for a site, and whether for its sub-domains', async () => {
    await windows.app.evaluate(() => {
      const key = (index: number) => ({
        id: `${index}`.repeat(24).slice(0, 24),
        name: `key-${index}`,
        account: 'This computer',
        lastFour: null,
      })
      const keys = Array.from({ length: 8 }, (_none, index) => ({ accountId: '0123456789abcdef', ...key(index) }))
      const origin = 'https://console.example.com'
      const requester = { kind: 'site', origin, browser: '/usr/lib/chromium/chromium', pairing: 'p1' } as const
      globalThis.stage.choose({ origin, requester, domain: 'example.com', keys })
    })
    const page = await prompting.shown()
    await prompting.armed(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Use on this site' }).click({ force: true }) // without a chosen key it does nothing
    expect(await prompting.ended()).toEqual([])
    await page.getByRole('textbox', { name: 'Find a key' }).fill('key-5')
    await page.getByRole('radio', { name: /key-5/ }).check()
    await page.getByRole('checkbox', { name: 'Also at every sub-domain of example.com' }).check()
    await prompting.click(page, 'Use on this site')
    await prompting.expectEnded([{ accountId: '0123456789abcdef', keyId: '5'.repeat(24), subdomains: true }])
  })

  it('passes axe, for programs and sites', async () => {
    for (const asked of [request({ detail: 'node serve.js' }), request({ purpose: 'fill', requester: site })]) {
      const page = await prompting.askAndWait(asked)
      await expectAccessible(page)
      await prompting.lock()
    }
  })
})
