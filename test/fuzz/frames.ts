import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { fuzz, type Tally } from './fuzz.ts'

/** The program behind `npm run fuzz`. */
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
    through: { type: 'string', default: 'both' },
  },
})
const [frames, seed] = [Number(values.frames), Number(values.seed)]
const host = join(checkout, 'out', 'command', 'latchkey')
const progress = ({ frames: sent, crashes, values: leaked }: Tally): void =>
  void process.stderr.write(`${sent} of ${frames} messages, ${crashes} crashes, ${leaked} values\n`)
const none = { frames: 0, crashes: 0, values: 0, given: 0 }
const socket = values.through === 'host' ? none : await fuzz({ frames, seed, lanes: 16, host: null, progress })
const hosted = values.through === 'socket' ? none : await fuzz({ frames, seed, lanes: 4, host, progress })

const sum = (what: keyof typeof none): number => socket[what] + hosted[what]
const tally = { seed, frames: sum('frames'), crashes: sum('crashes'), values: sum('values'), given: sum('given') }
console.log(JSON.stringify({ ...tally, framesBySocket: socket.frames, framesByHost: hosted.frames }))
process.exit(tally.crashes === 0 && tally.values === 0 && tally.given > 0 ? 0 : 1)
