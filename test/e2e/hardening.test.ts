import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls, events } from '../../preload/contract.ts'
import type { Desktop } from './desktop.ts'
import { discard, lock, startDesktop, startWithVault } from './desktop.ts'
import { filesBelow } from './files.ts'

const preloadPath = resolve(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs')

describe('the window', () => {
  let desktop: Desktop
  let listener: Server
  let port: number
  let hits = 0

  beforeAll(async () => {
    listener = createServer((_request, response) => {
      hits += 1
      response.end()
    })
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
    port = (listener.address() as AddressInfo).port
    desktop = await startWithVault()
  })
  afterAll(async () => {
    await desktop.quit()
    discard(desktop.profile)
    listener.close()
  })

  it('runs in a sandboxed, isolated process without node', async () => {
    expect(await desktop.page.evaluate(() => [typeof require, typeof process, typeof module])).toEqual(
      Array(3).fill('undefined'),
    )
    const pid = await rendererPid(desktop)
    expect(await readProcess(pid, 'status')).toMatch(/^Seccomp:\s*2$/m)
    expect(await readProcess(desktop.app.process().pid, 'cmdline')).not.toContain('--no-sandbox')
  })

  it('shows its own page only, under a policy that allows no inline code, no eval and no network', async () => {
    expect(await desktop.page.evaluate(() => location.href)).toBe('app://bundle/index.html')
    const tries = await desktop.page.evaluate(async (address) => {
      const tried = async (attempt: () => unknown): Promise<string> => {
        try {
          await attempt()
          return 'done'
        } catch {
          return 'refused'
        }
      }
      const loads = (element: HTMLElement & { src: string }): Promise<void> =>
        new Promise((resolve, reject) => {
          element.addEventListener('load', () => resolve())
          element.addEventListener('error', () => reject(new Error('refused')))
          element.src = address
          document.body.append(element)
        })
      const inline = document.createElement('div')
      return {
        // From a task of the page's own: what the debugger evaluates is exempt from the policy.
        eval: await tried(() => new Promise((resolve, reject) => setTimeout(() => {
          try {
            resolve(Function('return 1')())
          } catch (error) {
            reject(error as Error)
          }
        }))),
        html: await tried(() => (inline.innerHTML = '<b>x</b>')),
        fetch: await tried(() => fetch(address)),
        image: await tried(() => loads(document.createElement('img'))),
        socket: await tried(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(address.replace('http', 'ws'))
              socket.onopen = resolve
              socket.onerror = reject
            }),
        ),
        worker: await tried(
          () =>
            new Promise((resolve, reject) => {
              const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))
              worker.onmessage = resolve
              worker.onerror = reject
            }),
        ),
      }
    }, `http://127.0.0.1:${port}/x.js`)
    const names = ['eval', 'html', 'fetch', 'image', 'socket', 'worker']
    expect(tries).toEqual(Object.fromEntries(names.map((name) => [name, 'refused'])))
    expect(hits).toBe(0)
  })

  it('cannot be led away, opens no window and downloads nothing', async () => {
    await desktop.page.evaluate((address) => {
      location.href = address
      window.open(address)
      const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', download: 'x' })
      document.body.append(link)
      link.click()
      link.remove()
    }, `http://127.0.0.1:${port}/`)
    await desktop.page.waitForTimeout(300)
    expect(desktop.page.url()).toBe('app://bundle/index.html')
    expect(mainWindows(desktop)).toHaveLength(1)
    expect(hits).toBe(0)
  })

  it('is refused every permission', async () => {
    const states = await desktop.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'] as PermissionName[]
      const asked = names.map(async (name) => (await navigator.permissions.query({ name })).state)
      const media = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      )
      return [...(await Promise.all(asked)), media ?? 'denied', await Notification.requestPermission()]
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  })

  it('is served from its bundle and from nowhere else', async () => {
    const paths = ['/../main/index.cjs', '/..%2fmain/index.cjs', '/%2e%2e/package.json', '//etc/passwd', '/etc/passwd', '/index.html%00', '/assets/', '/']
    const answers = await desktop.app.evaluate(async ({ session }, all) => {
      const ask = (path: string): Promise<number | string> =>
        session.fromPartition('index').fetch(`app://bundle${path}`).then(({ status }) => status)
      return Promise.all(all.map((path) => Promise.resolve(path).then(ask).catch(() => 'no such address')))
    }, paths)
    expect(answers.filter((answer) => answer !== 404 && answer !== 'no such address')).toEqual([])
    expect(answers.filter((answer) => answer === 404).length).toBeGreaterThan(4)
    const other = await desktop.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('index')
      return [(await own.fetch('app://other/index.html')).status, (await own.fetch('app://bundle/index.html', { method: 'POST' })).status]
    })
    expect(other).toEqual([404, 404])
  })

  it('has the calls and events of the contract, and no way to name another', async () => {
    const bridge = await desktop.page.evaluate(() => ({
      keys: Object.keys(window.latchkey),
      calls: Object.keys(window.latchkey.calls),
      events: Object.keys(window.latchkey.events),
      frozen: Object.isFrozen(window.latchkey) && Object.isFrozen(window.latchkey.calls),
    }))
    expect(bridge).toEqual({ keys: ['calls', 'events'], calls: Object.keys(calls), events: Object.keys(events), frozen: true })
  })

  it('is told only that its message was wrong, for messages of every wrong shape', async () => {
    const answers = await desktop.page.evaluate(async () => {
      const { calls } = window.latchkey
      const wrong: unknown[] = [undefined, 1, 'x', [], {}, { id: '../../x' }, { name: 1 }, { id: 'a'.repeat(24), more: 1 }]
      const asked = Object.entries(calls)
        .filter(([name]) => name.startsWith('keys.') && !['keys.list', 'keys.sync'].includes(name))
        .flatMap(([, call]) => wrong.map((input) => (call as (input: unknown) => Promise<unknown>)(input)))
      return Promise.all(asked)
    })
    expect(new Set(answers.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"ok":false,"code":"input-invalid"}']))
  })

  it('is not answered in another window, even with the same preload and page', async () => {
    const answered = await desktop.app.evaluate(async ({ BrowserWindow, session }, preload) => {
      const webPreferences = { preload, sandbox: true, session: session.fromPartition('index') }
      const other = new BrowserWindow({ show: false, webPreferences })
      await other.loadURL('app://bundle/index.html')
      const answer: unknown = await other.webContents.executeJavaScript("window.latchkey.calls['keys.list'](null)")
      other.destroy()
      return answer
    }, preloadPath)
    expect(answered).toEqual({ ok: false, code: 'input-invalid' })
  })

  it('keeps the profile to its user: folders 0700, files 0600', () => {
    const modes = filesBelow(desktop.profile, { folders: true }).map((path) => [path, statSync(path).mode & 0o077])
    expect(modes.length).toBeGreaterThan(5)
    expect(modes.filter(([, others]) => others !== 0)).toEqual([])
  })

  it('comes forward instead of opening a second time on the same profile', async () => {
    const second = startDesktop(desktop.profile)
    await expect(second).rejects.toThrow()
    expect(mainWindows(desktop)).toHaveLength(1)
  })

  it('gets a new process when it locks, and finds the vault locked', async () => {
    const before = await rendererPid(desktop)
    await lock(desktop)
    expect(await rendererPid(desktop)).not.toBe(before)
    expect(await desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))).toEqual({ ok: false, code: 'locked' })
    await desktop.page.getByRole('button', { name: 'Unlock' }).click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })
})

describe('closing the window', () => {
  it('quits, though the palette is kept hidden beside it', async () => {
    const desktop = await startWithVault()
    const hasPalette = (): boolean => desktop.app.windows().some((page) => page.url() === 'app://bundle/palette.html')
    await expect.poll(hasPalette, { timeout: 10_000 }).toBe(true)
    const gone = new Promise<void>((resolve) => desktop.app.process().once('exit', () => resolve()))
    await desktop.page.evaluate(() => window.close())
    await gone
    discard(desktop.profile)
  })
})

/** The palette is hidden beside it. */
function mainWindows({ app }: Desktop): unknown[] {
  return app.windows().filter((page) => page.url() !== 'app://bundle/palette.html')
}

function rendererPid(desktop: Desktop): Promise<number | undefined> {
  return desktop.app.evaluate(({ webContents }) => {
    return webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')?.getOSProcessId()
  })
}

function readProcess(pid: number | undefined, what: string): Promise<string> {
  return readFile(`/proc/${pid}/${what}`, 'utf8')
}
