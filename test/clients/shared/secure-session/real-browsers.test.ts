import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import puppeteer from 'puppeteer-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Browsing, peer, place } from '../../../main/agent/browser/browsing.ts'

/**
 * The extension's end in real browsers and the app's end in this process: tests that both WebCrypto implementations agree, including a
 * non-extractable private key that was stored in IndexedDB.
 */
interface Browser {
  readonly page: {
    goto(url: string): Promise<unknown>
    exposeFunction(name: string, call: (text: string) => void): Promise<unknown>
    evaluate(script: string): Promise<unknown>
  }
  close(): Promise<void>
}

const browsers: Record<string, () => Promise<Browser>> = {
  async Chromium() {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: true })
    return { page: await browser.newPage(), close: () => browser.close() }
  },
  async Firefox() {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true })
    return { page: await browser.newPage(), close: () => browser.close() }
  },
}

let server: Server
let address: string

beforeAll(async () => {
  const script = await bundled()
  server = createServer((request, response) => {
    const isScript = request.url === '/end.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>End</title><script src="/end.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => void server.close())

describe.each(Object.entries(browsers))('the extension’s end in %s', (_name, launch) => {
  let browser: Browser
  beforeAll(async () => void (browser = await launch()))
  afterAll(() => browser.close())

  it('pairs, stores a non-extractable key, and fills with it after reading it from the disk', async () => {
    const app = await Browsing.begin()
    app.allowSite()
    const { page } = browser
    await page.goto(address)

    let session = connect()
    let hearing: Promise<unknown> = Promise.resolve()
    function connect(): ReturnType<typeof app.door.open> {
      return app.door.open(peer, (message) => {
        hearing = hearing.then(() => page.evaluate(`end.hear(${JSON.stringify(JSON.stringify(message))})`))
      })
    }
    await page.exposeFunction('toApp', (text) => void session.handle(JSON.parse(text)).catch((error: unknown) => app.reported.push(error)))

    expect(await page.evaluate('end.pair()')).toEqual({ code: app.person.codes[0], extractable: false, exported: 'InvalidAccessError' })
    expect(app.person.codes).toHaveLength(1)

    session = connect()
    expect(await page.evaluate(`end.fill(${JSON.stringify(place)})`)).toEqual({ value: app.value })
    expect(app.reported).toEqual([])
  })
})

/** The end as one classic script, as the extension is built. */
async function bundled(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: ['chrome120', 'firefox128'],
      rollupOptions: { input: join(import.meta.dirname, 'browser-end.ts'), output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput
  return built.output[0].code
}
