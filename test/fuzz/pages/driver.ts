/** Loaded into the real app before the app itself: asks for addresses of the scheme that its pages come from, and sees which files are read. */
import fs from 'node:fs'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { app, type Session, session } from 'electron'
import { Random } from '../../torture/random.ts'
import { addressOf } from './paths.ts'

type Handler = (request: Request) => Response | Promise<Response>
type Windows = readonly ['index', 'prompt', 'palette']

const order = JSON.parse(process.env['FUZZ_ORDER'] ?? '') as { messages: number; seed: number; pages: string; outside: [string, ...string[]]; canary: string; result: string }
const windows: Windows = ['index', 'prompt', 'palette']
const tally = { messages: 0, throughChromium: 0, crashes: 0, escapes: 0, values: 0, given: 0, read: 0 }
const handlers = new Map<Session, Handler>()
let isWatched = false

process.on('uncaughtException', (error) => crash('an error that nobody caught', error))
process.on('unhandledRejection', (error) => crash('an error that nobody caught', error))
watchReads()
app.on('session-created', (made) => {
  const handle = made.protocol.handle.bind(made.protocol)
  made.protocol.handle = (scheme, handler) => {
    if (scheme === 'app') handlers.set(made, handler as Handler)
    handle(scheme, handler)
  }
})

void app.whenReady().then(async () => {
  const sessions = windows.map((name) => session.fromPartition(name, { cache: false }))
  while (handlers.size < 2) await new Promise((done) => setTimeout(done, 100)) // the prompt's comes with the first prompt
  for (const [at, name] of windows.entries()) await askAll(name, sessions[at] as Session, new Random(order.seed, name))
  writeFileSync(order.result, JSON.stringify(tally))
  app.quit()
})

async function askAll(name: Windows[number], own: Session, random: Random): Promise<void> {
  const handler = handlers.get(own)
  if (handler === undefined) return
  const there = new Map([join(order.pages, `${name}.html`), ...filesBelow(join(order.pages, 'assets'))].map((file) => [`/${relative(order.pages, file).split(sep).join('/')}`, readFileSync(file)]))
  const paths = [...there.keys()] as [string, ...string[]]
  for (let left = order.messages / handlers.size; left > 0; left -= 1) {
    const address = addressOf(paths, order.outside, random)
    const method = random.chance(0.9) ? 'GET' : random.of(['POST', 'HEAD', 'PUT', 'OPTIONS', 'X'])
    tally.messages += 1
    isWatched = true
    // As Chromium hands it on, which has put it right before; and as it would be if Chromium had not.
    await look(there, address, () => chromium(own, address, method))
    await look(there, address, async () => handler({ url: address, method } as Request))
    isWatched = false
  }
}

async function chromium(own: Session, address: string, method: string): Promise<Response | null> {
  if (!URL.canParse(address)) return null
  tally.throughChromium += 1
  return own.fetch(address, { method, ...(method === 'POST' || method === 'PUT' ? { body: 'x' } : {}) })
}

/** Answered with a file that is there, whole, or with nothing. */
async function look(there: ReadonlyMap<string, Buffer>, address: string, ask: () => Promise<Response | null>): Promise<void> {
  let response: Response | null
  try {
    response = await ask()
  } catch (error) {
    // What is no address, no method or of another scheme is none of the handler's.
    if (error instanceof TypeError || /net::ERR_|Invalid URL/.test(String(error))) return
    return crash(address, error)
  }
  if (response === null) return
  const body = Buffer.from(await response.arrayBuffer())
  if (body.includes(order.canary)) tally.values += 1
  if (response.status === 404 && body.length === 0) return
  const path = new URL(address).pathname
  if (response.status === 200 && (there.get(path)?.equals(body) === true || body.length === 0)) tally.given += 1
  else escape(`${JSON.stringify(address)} was answered ${response.status} with ${body.length} bytes`)
}

/** Every way by which Node opens or reads a file. */
function watchReads(): void {
  for (const name of ['readFileSync', 'openSync', 'open', 'readFile', 'createReadStream', 'readdirSync', 'realpathSync'] as const) {
    const real = fs[name] as (...given: unknown[]) => unknown
    const watched = (...given: unknown[]): unknown => {
      if (isWatched) sawRead(String(given[0]))
      return real(...given)
    }
    Object.assign(fs, { [name]: Object.assign(watched, real) })
  }
}

function sawRead(path: string): void {
  tally.read += 1
  const file = resolve(path)
  if (!file.startsWith(order.pages + sep)) escape(`${file} was read`)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

function escape(what: string): void {
  tally.escapes += 1
  if (tally.escapes <= 40) console.error(`ESCAPE ${what}`)
}

function crash(what: string, error: unknown): void {
  tally.crashes += 1
  if (tally.crashes <= 40) console.error(`CRASH ${JSON.stringify(what)}:`, error)
}
