import { makeUnpacked } from './dist/unpacked.mjs'
import { script } from './process/script.mjs'
import { setUp } from './set-up/steps.mjs'

const help = `npm run dist

Makes the packages that this machine can make, into dist/: the app in a folder that runs as it is.
Where Electron's own host cannot be reached they are made on an old Electron, marked -dev: to try out, never to be given to anybody.`

await script(help, async () => {
  const runtime = await setUp('desktop')
  console.log(await makeUnpacked(runtime))
  return 0
})
