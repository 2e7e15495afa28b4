/** electron-updater as in the app, in an Electron that claims to be packaged, with a feed of the test's. Built by `updating.ts`. */
import { app } from 'electron'
import { Autostart } from '../../../main/settings/autostart.ts'
import { endProcess } from '../../../main/app/lifecycle/process-exit.ts'
import { type Launch, recordLaunch, startCommand } from '../../../main/install/launch-record.ts'
import { restart } from '../../../main/lock/restart.ts'
import { claimAppImage } from '../../../main/install/app-image.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { parseFeed } from '../../../main/updates/feed.ts'
import { openUpdater } from '../../../main/updates/open-updater.ts'
import { Updates } from '../../../main/updates/updates.ts'

declare global {
  // The test's interface.
  var updates: Updates
  var lock: () => Promise<void>
}

const { UPDATE_FEED = '', UPDATE_KEY = '', UPDATE_FOLDER = '' } = process.env
/** Of a download, in milliseconds. */
const silence = 2_000
Object.defineProperty(app, 'isPackaged', { value: true })
app.setPath('userData', UPDATE_FOLDER)
const profile = new Profile(UPDATE_FOLDER)
let launch: Launch = {
  packaged: true,
  program: process.execPath,
  app: app.getAppPath(),
  image: claimAppImage(process.env, process.execPath),
}
const command = (): ReturnType<typeof startCommand> => startCommand(launch)
const autostart = new Autostart({ platform: 'linux', home: UPDATE_FOLDER, env: {}, command, own: null, loginItems: app })
settle(launch)

/** Where the user, the command and the login find the app. */
function settle(now: Launch): void {
  launch = now
  recordLaunch(profile, launch)
  autostart.set(true, false)
}

void app.whenReady().then(() => {
  const feed = parseFeed(UPDATE_FEED, UPDATE_KEY)
  const moved = (image: string): void => settle({ ...launch, image })
  globalThis.updates = new Updates({
    ...{ unavailable: null, mode: () => 'tell', changed: () => undefined, clock: Date.now },
    load: () =>
      feed === null
        ? Promise.reject(new Error('no feed'))
        : Promise.resolve(openUpdater(feed, `${UPDATE_FOLDER}/updates.json`, moved, silence)),
  })
  globalThis.lock = () => restart({ bounds: null, shown: 'normal', focused: false }, (error) => process.stderr.write(`${String(error)}\n`))
  let stopped = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopped) return
    stopped = true
    void globalThis.updates.installOnExit().finally(endProcess)
  })
})
