import { join } from 'node:path'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { fuzzBackend } from './backend/backend.ts'
import { fuzz, type Tally } from './fuzz.ts'
import { type Part, parseFuzz } from './arguments.ts'
import { fuzzPages } from './pages/pages.ts'
import { fuzzWindows } from './windows/windows.ts'

/** The program behind `npm run fuzz`. */
interface Found {
  readonly crashes: number
  readonly values: number
  readonly escapes?: number
  /** The answers that must occur: without them, nothing shows that the search would find the others. */
  readonly given: number
}

const { parts, messages, seed, through } = parseFuzz(process.argv.slice(2))
const host = join(checkout, 'out', 'command', 'latchkey')

async function frames(): Promise<Found> {
  const wanted = messages ?? 100_000
  const progress = ({ frames: sent }: Tally): void => say('frames', sent, wanted)
  const none = { frames: 0, crashes: 0, values: 0, given: 0 }
  const socket = through === 'host' ? none : await fuzz({ frames: wanted, seed, lanes: 16, host: null, progress })
  const hosted = through === 'socket' ? none : await fuzz({ frames: wanted, seed, lanes: 4, host, progress })
  const sum = (what: keyof typeof none): number => socket[what] + hosted[what]
  const tally = { seed, frames: sum('frames'), crashes: sum('crashes'), values: sum('values'), given: sum('given') }
  return Object.assign(tally, { part: 'frames', framesBySocket: socket.frames, framesByHost: hosted.frames })
}

const work: Readonly<Record<Part, () => Promise<Found>>> = {
  frames,
  ipc: () => fuzzWindows({ messages: messages ?? 100_000, seed, progress: (done, all) => say('ipc', done, all) }),
  backend: () => fuzzBackend({ messages: messages ?? 100_000, seed, progress: (done) => say('backend', done, messages ?? 100_000) }),
  app: () => fuzzPages({ messages: messages ?? 10_000, seed }),
}

function say(part: Part, done: number, all: number): void {
  process.stderr.write(`${part}: ${done} of ${all} messages\n`)
}

const found: (Found & { seconds: number })[] = []
for (const part of parts) {
  const start = performance.now()
  const told = await work[part]()
  found.push({ ...told, seconds: Math.round((performance.now() - start) / 1000) })
  if (parts.length > 1) console.log(JSON.stringify(found.at(-1)))
}
const sum = (what: 'crashes' | 'values' | 'escapes'): number => found.reduce((all, one) => all + (one[what] ?? 0), 0)
const total = { seed, crashes: sum('crashes'), escapes: sum('escapes'), values: sum('values'), parts: found }
console.log(JSON.stringify(parts.length === 1 ? found[0] : total))
process.exit(total.crashes + total.escapes + total.values === 0 && found.every(({ given }) => given > 0) ? 0 : 1)
