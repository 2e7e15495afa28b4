import type { ElectronApplication, Page } from 'playwright-core'
import { until } from '../../../until.ts'

/** The page of one of the app's windows if it is there. A window has no address before its page begins to load. */
export function findWindowPage(app: ElectronApplication, name: 'index' | 'prompt' | 'palette'): Page | undefined {
  return app.windows().find((page) => !page.isClosed() && page.url() === `app://bundle/${name}.html`)
}

/** The page of one of the app's windows, once it is there. Its default timeout is less than a test's, so that the step that hangs is told. */
export async function windowPage(app: ElectronApplication, name: 'index' | 'prompt' | 'palette'): Promise<Page> {
  const page = await until(
    () => findWindowPage(app, name),
    () => `the page ${name} among ${JSON.stringify(app.windows().map((each) => each.url()))}`,
  )
  page.setDefaultTimeout(15_000)
  return page
}
