import { app, BrowserWindow, protocol } from 'electron'
import { disableBus, probeBus } from './desktop/bus-probe.ts'
import { createApp } from './app/create-app.ts'
import type { Latchkey } from './app/latchkey.ts'
import { endAfter } from './app/lifecycle/process-exit.ts'
import { reportError } from './error-reporter.ts'
import { harden } from './harden/harden.ts'
import { closeMemory } from './harden/own-process.ts'
import { type Launch, recordLaunch } from './install/launch-record.ts'
import { parseLockedArgument } from './lock/restart-args.ts'
import { startAgain } from './lock/restart.ts'
import { installMenu } from './desktop/menu.ts'
import { claimAppImage } from './install/app-image.ts'
import { Profile } from './settings/profile.ts'
import { parseSecondInstanceData, parseLaunchArguments } from './desktop/launch-request.ts'

const { argv, env, platform } = process
const refused = harden({ packaged: app.isPackaged, words: argv.slice(1), environment: env, platform })

// Electron would show the text of an error that nobody caught in a dialog.
process.on('uncaughtException', reportError)
process.on('unhandledRejection', reportError)

// These take effect only before the app is ready: the sandbox for every page, our scheme, and the profile as the folder for all files.
app.enableSandbox()
// Each session's spell checker downloads a dictionary when the session is created, even if the window turns it off.
app.on('session-created', (session) => session.setSpellCheckerLanguages([]))
// Chromium retries any request over HTTP/3, also one that creates a key, after a QUIC error (see `app/http-client.ts`).
app.commandLine.appendSwitch('disable-quic')
// The portal's file dialogs refuse a program whose memory is closed to others. A version that no portal has selects GTK's dialogs.
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
let request = parseLaunchArguments(argv)
let latchkey: Latchkey | null = null

// macOS delivers links by an event. If the link starts the app, the event comes before the app is ready.
app.on('open-url', (event, url) => {
  event.preventDefault()
  const linked = parseLaunchArguments([url])
  if (latchkey === null) request = linked
  else latchkey.handleLaunch(linked)
})

if (refused !== null) {
  stop(refused)
} else if (app.requestSingleInstanceLock(request)) {
  recordLaunch(profile, launch)
  const probed = platform === 'linux' ? probeBus(env, process.getuid?.() ?? 0) : null
  void app.whenReady().then(async () => ((await probed) === 'silent' ? startWithoutBus() : run()))
} else {
  app.exit(0) // the running instance has got the request
}

function run(): void {
  const created = createApp(profile, launch)
  latchkey = created
  installMenu({ lock: () => created.lock(), devTools: !app.isPackaged })
  created.start(request, parseLockedArgument(argv))
  // Now, while the window's process starts: nothing of the vault is in memory yet.
  if (app.isPackaged) closeMemory(platform).catch(() => stop('the system does not let it close its memory to other programs.'))

  app.on('second-instance', (_event, _args, _folder, data) => {
    const second = parseSecondInstanceData(data) ?? { hidden: false, link: null }
    setImmediate(() => created.handleLaunch(second)) // after that instance got its answer: without one it takes this app for hung, and ends it
  })
  app.on('activate', () => created.show())
  app.on('window-all-closed', () => {}) // the default is to quit, also on macOS
  let stopped = false
  // Electron would wait for every window to close. A window that opens meanwhile, as the palette does after the main window, kept the app
  // running invisibly after quitting, with its vault open.
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopped) return
    stopped = true
    setImmediate(() => end(created)) // after the caller, as the tray's panel, got its answer
  })
}

/**
 * Restarts without a session bus: libraries of this process already wait for the bus for ever. The window says that the keychain is out of
 * reach.
 */
async function startWithoutBus(): Promise<void> {
  process.stderr.write("latchkey: the session's D-Bus does not answer. It starts without; end the session and sign in again.\n")
  disableBus(env)
  await startAgain(argv.slice(1), reportError)
}

function end(running: Latchkey): void {
  endAfter(() => running.stop())
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
}

function stop(why: string): void {
  process.stderr.write(`latchkey: ${why}\n`)
  app.exit(1)
}
