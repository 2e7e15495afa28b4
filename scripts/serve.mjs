import { typescriptProgram } from './app/typescript-program.mjs'
import { run } from './process/child.mjs'
import { script } from './process/script.mjs'
import { setUpDependencies } from './set-up/dependencies.mjs'

const help = `npm run --silent serve -- --port PORT --data-dir DIR --app-id ID

Serves the backend over HTTP. Sets up the npm packages only; what that says goes to stderr, so that stdout holds the
server's own words alone. Port 0 is any free one. SIGTERM ends it.`

await script(help, async (args) => {
  await setUpDependencies()
  return run(process.execPath, typescriptProgram('backend/serve.ts', args), { env: process.env })
})
