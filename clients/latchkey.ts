import { disableCoreDumps } from './cli/runtime/core-dumps.ts'
import { main } from './cli/main.ts'
import { exitStatus } from './cli/output/exit-status.ts'
import { printError } from './cli/output/output.ts'
import { startedByBrowser } from './native-host/started-by-browser.ts'

disableCoreDumps()
// The runtime would print the place and the thrown value, which may contain anything.
for (const failure of ['uncaughtException', 'unhandledRejection']) {
  process.on(failure, () => {
    printError('latchkey: It failed in a way it did not expect.\n')
    process.exit(exitStatus.fault)
  })
}

const args = process.argv.slice(2)
if (startedByBrowser(args)) void import('./native-host/relay.ts').then(({ relay }) => relay()).catch(() => (process.exitCode = 3))
// Output is written synchronously, so that nothing has to be waited for.
else void main(args).then((status) => process.exit(status))
