import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { fuzz } from './fuzz.ts'

/** The program behind `npm run fuzz`. */
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
    lanes: { type: 'string', default: '16' },
    host: { type: 'boolean', default: false },
  },
})
const host = values.host ? join(checkout, 'out', 'command', 'latchkey') : null
const tally = await fuzz({ frames: Number(values.frames), seed: Number(values.seed), lanes: Number(values.lanes), host })
console.log(JSON.stringify(tally))
process.exit(tally.crashes === 0 && tally.values === 0 && tally.given > 0 ? 0 : 1)
