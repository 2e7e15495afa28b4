import { emptyCores } from './cli/runtime/core-dumps.ts'
import { main } from './cli/main.ts'
import { ignoredSignals } from './cli/runtime/signals.ts'
import { relay, startedByBrowser } from './native-host/relay.ts'

emptyCores()
// Node opens a debugger for whoever sends this signal; a debugger could read the values.
process.on('SIGUSR1', () => undefined)
if (ignoredSignals().includes('SIGINT')) process.on('SIGINT', () => undefined)
// Node would show where it happened and what was thrown, which may hold anything.
process.on('uncaughtException', () => {
  process.stderr.write('latchkey: It failed in a way it did not expect.\n')
  process.exit(1)
})

const args = process.argv.slice(2)
if (startedByBrowser(args)) void relay().catch(() => (process.exitCode = 3))
else void main(args).then((status) => (process.exitCode = status))
