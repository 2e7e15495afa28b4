import { setTimeout as wait } from 'node:timers/promises'
import type { ElectronApplication, Page } from 'playwright-core'

/** The page of one of the app's windows if it is there. A window has no address before its page begins to load. */
export function findWindowPage(app: ElectronApplication, name: 'index' | 'prompt' | 'palette'): Page | undefined {
  return app.windows().find((page) => !page.isClosed() && page.url() === `app://bundle/${name}.html`)
}

/** The page of one of the app's windows, once it is there. Its default timeout is less than a test's, so that the step that hangs is told. */
export async function windowPage(app: ElectronApplication, name: 'index' | 'prompt' | 'palette'): Promise<Page> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await wait(20)) {
    const page = findWindowPage(app, name)
    if (page === undefined) continue
    page.setDefaultTimeout(15_000)
    return page
  }
  throw new Error(`no window with the page ${name}, but ${JSON.stringify(app.windows().map((page) => page.url()))}`)
}
