import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls, events } from '../../preload/contract.ts'
import { paletteCalls, paletteEvents } from '../../preload/palette-contract.ts'
import { Subject } from './subject.ts'
import { until } from '../until.ts'

const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'none'"],
  ...["object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"],
]

describe('a window', { timeout: 15_000 }, () => {
  let subject: Subject
  beforeAll(async () => {
    subject = await Subject.withVault()
    await until(() => subject.page(() => true, null, 'palette').catch(() => false)) // it is created when the first screen is visible
  })
  afterAll(() => subject.end())

  it('has every restriction that Electron offers, whichever window it is [1]', async () => {
    const all = await subject.main(({ webContents }) => {
      return webContents.getAllWebContents().map((one) => (one as unknown as { getLastWebPreferences(): object }).getLastWebPreferences())
    }, null)
    expect(all.length).toBeGreaterThanOrEqual(2)
    for (const preferences of all) {
      expect(preferences).toMatchObject({
        ...{
          contextIsolation: true,
          nodeIntegration: false,
          sandbox: true,
          webSecurity: true,
          webviewTag: false,
          nodeIntegrationInSubFrames: false,
        },
        ...{ allowRunningInsecureContent: false, experimentalFeatures: false, enableBlinkFeatures: '' },
      })
    }
  })

  it.each(['index', 'palette'])('has no Node in its page, and its system calls are filtered: %s [1]', async (page) => {
    expect(await subject.page(() => [typeof require, typeof process, typeof module, typeof global], null, page)).toEqual(
      Array(4).fill('undefined'),
    )
    const pid = await subject.main(({ webContents }, url) => {
      return webContents
        .getAllWebContents()
        .find((one) => one.getURL() === url)
        ?.getOSProcessId()
    }, `app://bundle/${page}.html`)
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
    expect(readFileSync(`/proc/${subject.process.pid}/cmdline`, 'utf8')).not.toContain('--no-sandbox')
  })

  it('is sandboxed even if the code that creates it does not ask for it [2]', async () => {
    const seen = await subject.main(async ({ BrowserWindow }) => {
      const careless = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: false, nodeIntegration: true, contextIsolation: false },
      })
      await careless.loadURL('data:text/html,x')
      const found: unknown = await careless.webContents.executeJavaScript('typeof require')
      const pid = careless.webContents.getOSProcessId()
      return { found, pid }
    }, null)
    expect(seen.found).toBe('undefined')
    expect(readFileSync(`/proc/${seen.pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
    await subject.main(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((one) => one.webContents.getURL().startsWith('data:'))
          ?.destroy(),
      null,
    )
  })

  it('is served by a scheme that bypasses no rule: no policy bypassed, no other origin, no service worker [3]', async () => {
    const found = await subject.page(async () => {
      const worker = await navigator.serviceWorker?.register('/assets/x.js').then(
        () => 'registered',
        () => 'refused',
      )
      return [
        location.protocol,
        location.origin,
        isSecureContext,
        worker ?? 'refused',
        await fetch('app://bundle/index.html').then(
          () => 'fetched',
          () => 'refused',
        ),
      ]
    }, null)
    expect(found).toEqual(['app:', 'app://bundle', true, 'refused', 'refused'])
  })

  it('has a content security policy in the response itself, not in the page [10]', async () => {
    const header = await subject.main(async ({ session }) => {
      const answer = await session.fromPartition('index').fetch('app://bundle/index.html')
      return answer.headers.get('content-security-policy')
    }, null)
    for (const rule of policy) expect(header?.split('; ')).toContain(rule)
  })

  it('runs no code but its own: no inline script, no eval, no blob, no inline handler [10]', async () => {
    const tries = await subject.page(async () => {
      const host = window as unknown as { ran: string[] }
      host.ran = []
      const later = (code: () => void): Promise<void> => new Promise((done) => setTimeout(() => done(attempt(code))))
      const attempt = (code: () => void): void => {
        try {
          code()
        } catch {
          return
        }
      }
      // From a task of the page's own, because code that the debugger injects is exempt from the policy.
      await later(() => host.ran.push(String(Function('return "function"')())))
      await later(() => (0, eval)('ran.push("eval")'))
      await later(() => setTimeout('ran.push("timeout")' as unknown as () => void))
      await later(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran.push(\'handler\')">'))
      await later(() => document.body.append(Object.assign(document.createElement('script'), { text: 'ran.push("inline")' })))
      await later(() =>
        document.body.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,ran.push("data")' })),
      )
      await later(
        () => void new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).addEventListener('message', () => host.ran.push('worker')),
      )
      await later(() =>
        document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<script>parent.ran.push("srcdoc")</script>' })),
      )
      await later(() => host.ran.push((document.createElement('div').innerHTML = '<b>markup</b>')))
      await new Promise((done) => setTimeout(done, 500))
      return host.ran
    }, null)
    expect(tries).toEqual([])
  })

  it('is refused every permission and every device [12, 43]', async () => {
    const states = await subject.page(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'clipboard-write',
        'midi',
        'persistent-storage',
      ]
      const refused = (asked: Promise<unknown> | undefined): Promise<string> =>
        asked?.then(
          () => 'granted',
          () => 'denied',
        ) ?? Promise.resolve('denied')
      const asked = await Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      )
      const { hid, usb, serial, bluetooth } = navigator as unknown as Record<
        string,
        Record<string, (options: object) => Promise<unknown[]>>
      >
      const devices = [
        hid?.['requestDevice']?.({ filters: [] }).then((all) => all.length === 0 && Promise.reject(new Error())),
        usb?.['requestDevice']?.({ filters: [] }),
        serial?.['requestPort']?.({}),
        bluetooth?.['requestDevice']?.({ acceptAllDevices: true }),
      ]
      return [
        ...asked,
        await refused(navigator.mediaDevices?.getUserMedia({ audio: true })),
        await refused(navigator.mediaDevices?.getDisplayMedia({ video: true })),
        await refused(navigator.clipboard?.readText()),
        await refused(document.documentElement.requestPointerLock() as unknown as Promise<void>),
        await Notification.requestPermission(),
        ...(await Promise.all(devices.map(refused))),
      ]
    }, null)
    expect(states.filter((state) => state !== 'denied')).toEqual([])
  })

  it.each<[string, () => unknown]>([
    ['location', () => (location.href = 'https://example.com/')],
    ['location to a file', () => (location.href = 'file:///etc/passwd')],
    ['location to data', () => (location.href = 'data:text/html,x')],
    ['another page of ours', () => (location.href = 'app://bundle/prompt.html')],
    [
      'meta refresh',
      () =>
        document.head.append(
          Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=https://example.com/' }),
        ),
    ],
    ['a link', () => Object.assign(document.createElement('a'), { href: 'https://example.com/' }).click()],
    ['a form', () => document.body.appendChild(Object.assign(document.createElement('form'), { action: 'https://example.com/' })).submit()],
    ['history', () => history.back()],
  ])('does not navigate: %s [13]', async (_, lead) => {
    await subject.page(lead, null).catch(() => {})
    await new Promise((later) => setTimeout(later, 300)) // there is no event for a navigation that does not happen
    const urls = await subject.main(({ webContents }) => webContents.getAllWebContents().map((one) => one.getURL()), null)
    expect(urls.sort()).toEqual(['app://bundle/index.html', 'app://bundle/palette.html'])
    expect(await subject.page(() => document.body.innerText.length > 10, null)).toBe(true)
  })

  it.each([
    ['a file', { items: [], files: ['/etc/passwd'] }],
    ['an address', { items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }], files: [] }],
    ['an address of ours', { items: [{ mimeType: 'text/uri-list', data: 'app://bundle/prompt.html' }], files: [] }],
    ['a page', { items: [{ mimeType: 'text/html', data: '<img src=x onerror="document.title = 1">' }], files: [] }],
  ])('neither navigates nor changes when %s is dropped onto it [13]', async (_, data) => {
    const text = await subject.page(() => document.body.innerText, null)
    const came = await subject.main(async ({ webContents }, dropped) => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
      if (contents === undefined) return null
      await contents.executeJavaScript(
        `window.dropped = []; for (const type of ['dragover', 'drop']) addEventListener(type, () => dropped.push(type), { capture: true, once: true })`,
      )
      contents.debugger.attach()
      for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await contents.debugger.sendCommand('Input.dispatchDragEvent', {
          type,
          x: 200,
          y: 200,
          data: { ...dropped, dragOperationsMask: 1 },
        })
      }
      contents.debugger.detach()
      await new Promise((later) => setTimeout(later, 300)) // there is no event for a navigation that does not happen
      return contents.executeJavaScript('dropped') as Promise<unknown>
    }, data)
    expect(came).toContain('dragover')
    const urls = await subject.main(({ webContents }) => webContents.getAllWebContents().map((one) => one.getURL()), null)
    expect(urls.sort()).toEqual(['app://bundle/index.html', 'app://bundle/palette.html'])
    expect(await subject.page(() => document.body.innerText, null)).toBe(text)
  })

  it('opens no window by script, by a link or by the middle button, and contains no webview [14, 15]', async () => {
    await subject.page(() => {
      window.open('https://example.com/')
      window.open('app://bundle/index.html')
      window.open('about:blank')
      const link = Object.assign(document.createElement('a'), {
        href: 'app://bundle/index.html',
        target: '_blank',
        textContent: 'x'.repeat(40),
      })
      link.style.position = 'fixed'
      link.style.inset = '0'
      link.id = 'over-all'
      document.body.append(link, document.createElement('webview'))
      document.querySelector('webview')?.setAttribute('src', 'https://example.com/')
      link.click()
    }, null)
    await subject.main(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
      for (const type of ['mouseDown', 'mouseUp'] as const)
        contents?.sendInputEvent({ type, x: 20, y: 20, button: 'middle', clickCount: 1 })
    }, null)
    await new Promise((later) => setTimeout(later, 500)) // there is no event for a window that does not open
    expect(await subject.main(({ webContents }) => webContents.getAllWebContents().map((one) => one.getType()), null)).toEqual([
      'window',
      'window',
    ])
    expect(
      await subject.page(
        () => (document.getElementById('over-all')?.remove(), document.querySelector('webview')?.remove(), location.href),
        null,
      ),
    ).toBe('app://bundle/index.html')
  })

  it('downloads nothing [16]', async () => {
    const started = await subject.main(async ({ session, webContents }) => {
      let count = 0
      session
        .fromPartition('index')
        .on('will-download', (event, item) => (count += event.defaultPrevented ? 0 : item.getState() === 'cancelled' ? 0 : 1))
      const contents = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
      contents?.downloadURL('data:text/plain,x')
      await contents?.executeJavaScript(
        `void Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x' }).click()`,
      )
      await new Promise((later) => setTimeout(later, 500))
      return count
    }, null)
    expect(started).toBe(0)
  })

  it('has the calls and events of its contract, frozen, and no way to name another [18]', async () => {
    const read = (page: string) =>
      subject.page(
        () => {
          const names = Object.getOwnPropertyNames(window).filter((name) => /latchkey|electron|ipc/i.test(name))
          const bridges = names.map((name) => (window as unknown as Record<string, { calls: object; events: object }>)[name])
          const frozen = bridges.every((one) => one !== undefined && [one, one.calls, one.events].every(Object.isFrozen))
          return {
            names,
            keys: bridges.map((one) => Object.keys(one ?? {})),
            calls: Object.keys(bridges[0]?.calls ?? {}),
            events: Object.keys(bridges[0]?.events ?? {}),
            frozen,
          }
        },
        null,
        page,
      )
    const shape = { names: [expect.any(String) as string], keys: [['calls', 'events']], frozen: true }
    expect(await read('index')).toEqual({ ...shape, calls: Object.keys(calls), events: Object.keys(events) })
    expect(await read('palette')).toEqual({ ...shape, calls: Object.keys(paletteCalls), events: Object.keys(paletteEvents) })
  })

  it('gets no answer in another window, even one with the same preload, page and session; nor in a frame of it [19]', async () => {
    const preload = await subject.main(({ app }) => `${app.getAppPath()}/out/preload/index.cjs`, null)
    const answered = await subject.main(async ({ BrowserWindow, session }, file) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: file, sandbox: true, session: session.fromPartition('index') },
      })
      await other.loadURL('app://bundle/index.html')
      const answer: unknown = await other.webContents.executeJavaScript("window.latchkey.calls['keys.list'](null)")
      const gone = new Promise((done) => other.webContents.once('destroyed', () => done(null)))
      other.destroy()
      await gone // it shows the same address, and would be taken for the first window's page
      return answer
    }, preload)
    expect(answered).toEqual({ ok: false, code: 'input-invalid' })
  })

  it('gets only a code for malformed messages of any kind, and no text from inside [20]', async () => {
    const answers = await subject.page(async () => {
      const deep: unknown[] = []
      for (let level = 0, inner = deep; level < 500; level += 1) inner.push((inner = []))
      const wrong: unknown[] = [
        undefined,
        1,
        'x',
        [],
        deep,
        { id: 1 },
        { name: 1 },
        { id: 'a'.repeat(24), more: 1 },
        { name: 'a'.repeat(10_000_000) },
        new Map(),
        new Date(),
        { __proto__: { id: 1 } },
      ]
      const amiss: unknown[] = []
      // One after the other: the long messages of all calls together would be a gigabyte in flight.
      for (const [name, call] of Object.entries(window.latchkey.calls)) {
        for (const [which, input] of wrong.entries()) {
          const answer = JSON.stringify(await (call as (input: unknown) => Promise<unknown>)(input))
          if (answer !== '{"ok":false,"code":"input-invalid"}') amiss.push([name, which, answer])
        }
      }
      return amiss
    }, null)
    expect(answers).toEqual([])
  }, 60_000) // a gigabyte of messages

  it('has a session in memory, which no other window shares [27]', async () => {
    const sessions = await subject.main(({ session }) => {
      return ['index', 'palette', 'prompt', 'network', 'network-changes-1'].map((name) => [
        session.fromPartition(name).isPersistent(),
        session.fromPartition(name).storagePath,
      ])
    }, null)
    expect(sessions).toEqual(Array(5).fill([false, null]))
  })

  it('is kept out of screenshots by the call to the system [26]', async () => {
    const asked = await subject.main(async ({ BrowserWindow, webContents }) => {
      const seen: boolean[] = []
      const { prototype } = BrowserWindow as unknown as { prototype: { setContentProtection(on: boolean): void } }
      const { setContentProtection } = prototype
      prototype.setContentProtection = function (on: boolean) {
        seen.push(on)
        setContentProtection.call(this, on)
      }
      const contents = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
      for (const on of [false, true]) {
        await contents?.executeJavaScript(
          `latchkey.calls['settings.get'](null).then(({ value }) => latchkey.calls['settings.set']({ ...value.settings, contentProtection: ${on} }))`,
        )
      }
      prototype.setContentProtection = setContentProtection
      return seen
    }, null)
    expect(new Set(asked)).toEqual(new Set([false, true]))
    expect(asked.at(-1)).toBe(true)
  })
})
