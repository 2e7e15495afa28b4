import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { until } from '../../until.ts'
import { SilentBus } from '../../main/desktop/silent-bus.ts'
import { tool } from '../../main/outlets/typist/x11/screen.ts'
import { definedEnvironment, discard, electronPath, newProfile } from '../support/app/desktop.ts'

let bus: SilentBus
let app: ChildProcess | null = null
const profile = newProfile()

afterEach(async () => {
  if (app !== null && app.exitCode === null) {
    process.kill(-(app.pid ?? 0), 'SIGKILL') // its group: processes that outlive the app for a moment still write into the profile
    await once(app, 'exit')
  }
  bus.end()
  discard(profile)
})

/** Whether a window of this process is visible: another test's may still be closing on this screen. */
function isThere(): boolean {
  try {
    return tool('xdotool', 'search', '--all', '--onlyvisible', '--pid', String(app?.pid), '--name', '^Latchkey').trim() !== ''
  } catch {
    return false // xdotool ends with an error if it finds none
  }
}

// Regression: GTK and Chromium waited for its first answer without end, and no window ever appeared.
it("the window appears, and says why there is no keychain, although the session's bus never answers", async () => {
  bus = await SilentBus.start()
  const env = { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: profile, DBUS_SESSION_BUS_ADDRESS: bus.address }
  app = spawn(electronPath(), [process.cwd()], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  app.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  await until(isThere, () => 'a window', 25_000)
  expect(said).toContain("latchkey: the session's D-Bus does not answer.")
  expect(app.exitCode).toBeNull() // the same process, for its parent
}, 60_000)
