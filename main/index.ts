import { app, type BrowserWindow, protocol } from 'electron'
import { bundle } from './bundle.ts'
import { compose } from './compose.ts'
import { reportFault } from './fault.ts'
import { harden } from './harden/harden.ts'
import { closeMemory } from './harden/own-process.ts'
import { recordLaunch } from './launch-record.ts'
import { lockedStart } from './lock/locked-start.ts'
import { installMenu } from './menu.ts'
import { Profile } from './profile.ts'
import { openMainWindow } from './windows/main-window.ts'

let window: BrowserWindow | null = null
const { argv, env, platform } = process
/** How the window was in the process before, which was locked. */
let view = lockedStart(argv)
const refused = harden({ packaged: app.isPackaged, words: argv.slice(1), environment: env, platform })

// Electron would show the text of an error that nobody caught in a dialog.
process.on('uncaughtException', reportFault)
process.on('unhandledRejection', reportFault)

// Before anything is ready: the sandbox for every page, our scheme, and our own folder for all that is written.
app.enableSandbox()
// Each session's spell checker fetches a dictionary from its maker at the start, whatever the window says.
app.on('session-created', (session) => session.setSpellCheckerLanguages([]))
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
const profile = new Profile(process.env['LATCHKEY_PROFILE_DIR'] || app.getPath('userData'))
app.setPath('userData', profile.folder)

if (refused !== null) {
  stop(refused)
} else if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  recordLaunch(profile, { packaged: app.isPackaged, program: process.execPath, app: app.getAppPath(), image: process.env['APPIMAGE'] })
  void app.whenReady().then(run)
} else {
  app.exit(0)
}

function run(): void {
  const latchkey = compose(profile)
  const open = (): void => {
    window = openMainWindow(bundle, view)
    view = null
    window.once('ready-to-show', latchkey.shown)
    window.on('focus', latchkey.focused)
    window.on('closed', () => {
      window = null
      // Not when all windows are closed: the palette is kept hidden, to be there at once.
      if (process.platform !== 'darwin') app.quit()
    })
  }
  installMenu({ lock: latchkey.lock, devTools: !app.isPackaged })
  latchkey.start(() => window, view !== null)
  if (view?.shown !== 'none') open()
  // While the window's process starts, and before anything of the vault has arrived.
  if (app.isPackaged) closeMemory(platform).catch(() => stop('the system does not let it close its memory to other programs.'))

  app.on('activate', () => window ?? open())
  app.on('window-all-closed', () => {}) // the default is to quit, also on macOS
  app.on('before-quit', latchkey.quitting)
  let stopped = false
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    stopped = true
    // The SDK's threads would keep the process; everything of ours is closed by then.
    void latchkey.stop().finally(() => app.exit(0))
  })
}

function stop(why: string): void {
  process.stderr.write(`latchkey: ${why}\n`)
  app.exit(1)
}
