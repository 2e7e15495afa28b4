import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContext, CDPSession, Frame, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { FieldReport } from '../../../clients/extension/content/page-calls.ts'
import { serveSite, type Site } from '../../pages/site.ts'

const script = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'out/extension/chromium/content.js'), 'utf8')
/** Replaces the browser's messages: reports stay in the world that made them. Closed roots are looked up as browsers let extensions do. */
const outbox =
  'globalThis.reports = []; globalThis.roots = new WeakMap(); globalThis.chrome = { ' +
  'runtime: { sendMessage: async (report) => void reports.push(report) }, ' +
  'dom: { openOrClosedShadowRoot: (host) => roots.get(host) ?? null } };'

/** The extension's content script in an isolated world of a page, as in an extension, but without the extension. */
export interface World {
  find(chosen?: boolean): Promise<FieldReport>
  look(): Promise<FieldReport>
  /** @param origins of the frames around it; by default, those that were reported */
  fill(value: string, origins?: readonly string[]): Promise<string>
}

export async function openBrowser(): Promise<BrowserContext> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: true })
  return browser.newContext({ viewport: { width: 1000, height: 700 } })
}

/** The test pages in a Chromium, from before the first test of a suite or file until after its last one. */
export class TestPages {
  site!: Site
  #context!: BrowserContext

  constructor() {
    beforeAll(async () => {
      this.site = await serveSite()
      this.#context = await openBrowser()
    })
    afterAll(async () => {
      await this.#context.browser()?.close()
      await this.site.close()
    })
  }

  async open(path: string): Promise<Page> {
    const page = await this.#context.newPage()
    await page.goto(`${this.site.origin}/${path}`)
    return page
  }
}

/** The second frame of a page, once it has its field. */
export async function innerFrame(page: Page): Promise<Frame> {
  await page.frameLocator('#frame').locator('#field').waitFor()
  const frame = page.frames()[1]
  if (!frame) throw new Error('no frame')
  return frame
}

/** Enters a page or frame, and finds its field. */
export async function enterAndFind(place: Page | Frame): Promise<World> {
  const world = await enter(place)
  await world.find()
  return world
}

export async function enter(place: Page | Frame): Promise<World> {
  const frame = 'mainFrame' in place ? place.mainFrame() : place
  const { run, hold } = await isolated(frame)
  await run(outbox + script)
  await hold()
  const call = (name: string, ...args: unknown[]): Promise<unknown> => run(`latchkeyPage.${name}(...${JSON.stringify(args)})`)
  const reported = async (name: string, ...args: unknown[]): Promise<FieldReport> => {
    await call(name, ...args)
    return (await run('reports.at(-1)')) as FieldReport
  }
  return {
    find: (chosen = false) => reported('find', 'token', chosen),
    look: () => reported('look', 'token'),
    fill: async (value, origins) => (await call('fill', 'token', value, origins ?? (await run('reports.at(-1)?.origins')) ?? [])) as string,
  }
}

interface Isolated {
  run(expression: string): Promise<unknown>
  /** Gives the world every shadow root of the page, closed ones too. */
  hold(): Promise<void>
}

async function isolated(frame: Frame): Promise<Isolated> {
  const session = await sessionOf(frame)
  const { frameTree } = await session.send('Page.getFrameTree')
  const inner = frameTree.childFrames?.find(({ frame: child }) => child.url === frame.url())
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: (inner ?? frameTree).frame.id,
    worldName: 'Latchkey',
    grantUniveralAccess: false,
  })
  const run = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }
  const inWorld = async (backendNodeId: number): Promise<string> => {
    const { object } = await session.send('DOM.resolveNode', { backendNodeId, executionContextId })
    return object.objectId ?? ''
  }
  const hold = async (): Promise<void> => {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
    for (const { host, root: inner } of shadowRoots(root)) {
      const [objectId, value] = [await inWorld(host), await inWorld(inner)]
      const functionDeclaration = 'function (root) { roots.set(this, root) }'
      await session.send('Runtime.callFunctionOn', { objectId, functionDeclaration, arguments: [{ objectId: value }] })
    }
  }
  return { run, hold }
}

interface DomNode {
  readonly backendNodeId: number
  readonly shadowRootType?: string
  readonly children?: DomNode[]
  readonly shadowRoots?: DomNode[]
}

/** Roots made by pages, not the browser's own, such as that of an input. Frames have worlds of their own. */
function shadowRoots(node: DomNode): { host: number; root: number }[] {
  const own = (node.shadowRoots ?? []).filter(({ shadowRootType }) => shadowRootType !== 'user-agent')
  const held = own.map((root) => ({ host: node.backendNodeId, root: root.backendNodeId }))
  return [...held, ...[...own, ...(node.children ?? [])].flatMap(shadowRoots)]
}

/** A frame with a process of its own has a session of its own. The others use their page's. */
async function sessionOf(frame: Frame): Promise<CDPSession> {
  const context = frame.page().context()
  try {
    return await context.newCDPSession(frame)
  } catch {
    return context.newCDPSession(frame.page())
  }
}
