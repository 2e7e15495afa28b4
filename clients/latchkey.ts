import { disableCoreDumps } from './cli/runtime/core-dumps.ts'
import { main } from './cli/main.ts'
import { ignoredSignals } from './cli/runtime/signals.ts'
import { relay, startedByBrowser } from './native-host/relay.ts'

disableCoreDumps()
// On this signal Node would open a debugger to anybody, and a debugger could read the values.
process.on('SIGUSR1', () => undefined)
if (ignoredSignals().includes('SIGINT')) process.on('SIGINT', () => undefined)
// Node would print the place and the thrown value, which may contain anything.
process.on('uncaughtException', () => {
  process.stderr.write('latchkey: It failed in a way it did not expect.\n')
  process.exit(1)
})

const args = process.argv.slice(2)
if (startedByBrowser(args)) void relay().catch(() => (process.exitCode = 3))
else void main(args).then((status) => (process.exitCode = status))
