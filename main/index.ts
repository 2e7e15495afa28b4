import { app, BrowserWindow, protocol } from 'electron'
import { forgetBus, probeBus } from './desktop/bus-probe.ts'
import { createApp, type Latchkey } from './app/create-app.ts'
import { endAfter } from './app/process-exit.ts'
import { reportError } from './error-reporter.ts'
import { harden } from './harden/harden.ts'
import { closeMemory } from './harden/own-process.ts'
import { type Launch, recordLaunch } from './install/launch-record.ts'
import { lockedStart } from './lock/restart-args.ts'
import { startAgain } from './lock/restart.ts'
import { installMenu } from './desktop/menu.ts'
import { claimAppImage } from './install/app-image.ts'
import { Profile } from './settings/profile.ts'
import { hasHandedOver, launchRequestOf } from './desktop/launch-request.ts'

const { argv, env, platform } = process
const refused = harden({ packaged: app.isPackaged, words: argv.slice(1), environment: env, platform })

// Electron would show the text of an error that nobody caught in a dialog.
process.on('uncaughtException', reportError)
process.on('unhandledRejection', reportError)

// Before anything is ready: the sandbox for every page, our scheme, and our own folder for all that is written.
app.enableSandbox()
// Each session's spell checker fetches a dictionary from its maker at the start, whatever the window says.
app.on('session-created', (session) => session.setSpellCheckerLanguages([]))
// Chromium repeats a request over HTTP/3 that ends with a fault of QUIC, a creation too (see `network.ts`).
app.commandLine.appendSwitch('disable-quic')
// The portal's file dialogs refuse a program whose memory is closed: they are GTK's own then.
if (app.isPackaged && platform === 'linux') app.commandLine.appendSwitch('xdg-portal-required-version', '99')
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
const profile = new Profile(process.env['LATCHKEY_PROFILE_DIR'] || app.getPath('userData'))
app.setPath('userData', profile.folder)
const launch: Launch = {
  packaged: app.isPackaged,
  program: process.execPath,
  app: app.getAppPath(),
  image: claimAppImage(env, process.execPath),
}
let wish = launchRequestOf(argv)
let latchkey: Latchkey | null = null

// macOS hands links over by an event, and one that it starts us for comes before we are ready.
app.on('open-url', (event, url) => {
  event.preventDefault()
  const asked = launchRequestOf([url])
  if (latchkey === null) wish = asked
  else latchkey.take(asked)
})

if (refused !== null) {
  stop(refused)
} else if (app.requestSingleInstanceLock(wish)) {
  recordLaunch(profile, launch)
  const probed = platform === 'linux' ? probeBus(env, process.getuid?.() ?? 0) : null
  void app.whenReady().then(async () => ((await probed) === 'silent' ? startWithoutBus() : run()))
} else {
  app.exit(0) // what was wanted is handed over
}

function run(): void {
  const house = createApp(profile, launch)
  latchkey = house
  installMenu({ lock: house.lock, devTools: !app.isPackaged })
  house.start(wish, lockedStart(argv))
  // While the window's process starts, and before anything of the vault has arrived.
  if (app.isPackaged) closeMemory(platform).catch(() => stop('the system does not let it close its memory to other programs.'))

  app.on('second-instance', (_event, _words, _folder, data) => {
    const wanted = hasHandedOver(data) ?? { hidden: false, link: null }
    setImmediate(() => house.take(wanted)) // once that start has its answer: without one it takes us for hung, and ends us
  })
  app.on('activate', house.show)
  app.on('window-all-closed', () => {}) // the default is to quit, also on macOS
  let stopped = false
  // Electron would wait for every window to close. One that comes up meanwhile, as the palette does once the window is seen, kept an app
  // that was quit running unseen, its vault open.
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopped) return
    stopped = true
    setImmediate(() => end(house)) // once whoever asked for it has their answer, as the tray's panel
  })
}

/** Its libraries wait already, and for ever: a new process is told of no bus. The keychain is then out of reach, which the window says. */
async function startWithoutBus(): Promise<void> {
  process.stderr.write("latchkey: the session's D-Bus does not answer. It starts without; end the session and sign in again.\n")
  forgetBus(env)
  await startAgain(argv.slice(1), reportError)
}

function end(house: Latchkey): void {
  endAfter(() => house.stop())
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
}

function stop(why: string): void {
  process.stderr.write(`latchkey: ${why}\n`)
  app.exit(1)
}
