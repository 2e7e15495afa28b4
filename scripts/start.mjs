import { buildApp } from './app/build.mjs'
import { buildCommand } from './app/build-command.mjs'
import { buildExtension } from './app/build-extension.mjs'
import { hasDisplay, launch } from './app/launch.mjs'
import { runTour } from './app/tour.mjs'
import { notice } from './process/notice.mjs'
import { script } from './process/script.mjs'
import { setUp } from './set-up/steps.mjs'

const help = `npm start [-- ARGUMENT...]

Sets up what is missing, builds the app, the latchkey command and the browser extension if their
sources changed, and opens the app on your desktop.
Arguments go to the app. On Linux without a display it runs the tour (npm run tour) instead.

LATCHKEY_PROFILE_DIR  the folder of the profile, in place of the default
LATCHKEY_CACHE_DIR    the folder for what set-up makes once per machine, in place of the user's cache folder`

await script(help, async (args) => {
  if (!hasDisplay(process.env, process.platform)) {
    notice('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): running the tour instead.')
    return runTour(null)
  }
  const root = process.platform === 'linux' && process.getuid?.() === 0
  const runtime = await setUp(root ? 'desktop-as-root' : 'desktop')
  await buildApp()
  await buildCommand()
  await buildExtension()
  if (root) notice("Running as root: in a user namespace, so that the sandbox stays on; root's own keyring asks for its password.")
  return launch(runtime.executable, args)
})
