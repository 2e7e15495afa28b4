/** electron-updater as the app has it, in an Electron that says it is packaged, on a feed of a test's. Built by `updating.ts`. */
import { app } from 'electron'
import { feedOf } from '../../../main/updates/feed.ts'
import { openUpdater } from '../../../main/updates/open-updater.ts'
import { Updates } from '../../../main/updates/updates.ts'

declare global {
  // What the test reaches through.
  var updates: Updates
}

const { UPDATE_FEED = '', UPDATE_KEY = '', UPDATE_FOLDER = '' } = process.env
Object.defineProperty(app, 'isPackaged', { value: true })
app.setPath('userData', UPDATE_FOLDER)

void app.whenReady().then(() => {
  const feed = feedOf(UPDATE_FEED, UPDATE_KEY)
  globalThis.updates = new Updates({
    ...{ barred: null, mode: () => 'tell', changed: () => undefined, clock: Date.now },
    load: () => (feed === null ? Promise.reject(new Error('no feed')) : Promise.resolve(openUpdater(feed, `${UPDATE_FOLDER}/updates.json`))),
  })
  // As the app does it: what is open is closed first.
  let stopped = false
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    stopped = true
    setImmediate(() => app.exit(0))
  })
})
