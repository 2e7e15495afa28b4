import { typescriptProgram } from './app/typescript-program.mjs'
import { exitStatus, run } from './process/child.mjs'
import { script } from './process/script.mjs'
import { checkout } from './set-up/checkout.mjs'
import { setUpDependencies } from './set-up/dependencies.mjs'

const help = `npm run --silent doctor -- [--profile DIR] [--json]

Says what is wrong with the keychain, and with what Latchkey keeps in it, and what to do about it. Latchkey may be open
or closed. Nothing is changed, no value is shown, and a locked keychain is not asked for anything.

--profile DIR   the profile to look at, instead of LATCHKEY_PROFILE_DIR or the usual place
--json          the findings as one line of JSON

Ends with 0 if all is well, 1 if something was found, 2 if it could not look.`

await script(help, async (args) => {
  await setUpDependencies()
  // The SDK loads the package electron, which would fetch its runtime; the path it gives instead is not used.
  const env = { ELECTRON_OVERRIDE_DIST_PATH: checkout, ...process.env }
  const status = await run(process.execPath, typescriptProgram('main/doctor.ts', args), { env })
  // A keychain that hangs keeps the process that asked it: it ends itself by this signal, after all was told.
  return status === exitStatus(null, 'SIGKILL') ? 1 : status
})
