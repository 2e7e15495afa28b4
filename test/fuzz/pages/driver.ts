/** Loaded into the real app before the app's own code. Requests addresses of the scheme of its pages, and records which files are read. */
import fs, { readdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { app, type Session, session, webContents } from 'electron'
import { until } from '../../until.ts'
import { Random } from '../../torture/random.ts'
import { addressOf } from './paths.ts'
import { withDeadline } from '../../../shared/deadline.ts'

type Handler = (request: Request) => Response | Promise<Response>

const order = JSON.parse(process.env['FUZZ_ORDER'] ?? '') as {
  messages: number
  seed: number
  pages: string
  outside: [string, ...string[]]
  canary: string
  result: string
}
/** The prompt's page is loaded with the first prompt, through the same handler. */
const windows = ['index', 'palette'] as const
const tally = { messages: 0, byPage: 0, handled: 0, crashes: 0, escapes: 0, values: 0, given: 0, read: 0 }
/** The timeout for a page that loads so many pictures, in milliseconds. */
const patience = 30_000
const concurrency = 50
const handlers = new Map<Session, Handler>()
let isWatched = false

process.on('uncaughtException', (error) => crash('an error that nobody caught', error))
process.on('unhandledRejection', (error) => crash('an error that nobody caught', error))
watchReads()
app.on('session-created', (made) => {
  const handle = made.protocol.handle.bind(made.protocol)
  made.protocol.handle = (scheme, handler) => {
    const watched = watchedHandler(handler as Handler)
    if (scheme === 'app') handlers.set(made, watched)
    handle(scheme, watched)
  }
})

void app.whenReady().then(async () => {
  const sessions = windows.map((name) => session.fromPartition(name, { cache: false }))
  await until(
    () => sessions.every((one) => handlers.has(one)),
    () => 'the handlers of the pages',
    60_000,
  )
  for (const [at, name] of windows.entries()) await askAll(name, sessions[at] as Session, new Random(order.seed, name))
  writeFileSync(order.result, JSON.stringify(tally))
  app.quit()
})

/** The handler has read everything that it reads before it answers. */
function watchedHandler(handler: Handler): Handler {
  return async (request) => {
    tally.handled += 1
    isWatched = true
    try {
      return await handler(request)
    } finally {
      isWatched = false
    }
  }
}

async function askAll(name: (typeof windows)[number], own: Session, random: Random): Promise<void> {
  const handler = handlers.get(own) as Handler
  const files = [join(order.pages, `${name}.html`), ...filesBelow(join(order.pages, 'assets'))]
  const paths = files.map((file) => `/${relative(order.pages, file).split(sep).join('/')}`) as [string, ...string[]]
  const there: Buffer[] = []
  for (const path of paths) there.push(await bodyOf(await handler(asked(`app://bundle${path}`, 'GET'))))
  if (there.some((body) => body.length === 0)) crash('a page’s own file is not answered', name)
  const addresses: string[] = []
  for (let left = order.messages / windows.length; left > 0; left -= 1) {
    const address = addressOf(paths, order.outside, random)
    tally.messages += 1
    addresses.push(address)
    await askHandler(there, address, random.chance(0.9) ? 'GET' : random.of(['POST', 'HEAD', 'PUT', 'OPTIONS', 'X']), handler)
  }
  while (addresses.length > 0) await askByPage(own, addresses.splice(-concurrency))
}

/** Addresses that nobody has normalised. The answer has to be an existing file, whole, or nothing. */
async function askHandler(there: readonly Buffer[], address: string, method: string, handler: Handler): Promise<void> {
  let response: Response
  try {
    response = await handler(asked(address, method))
  } catch (error) {
    if (error instanceof TypeError && /Invalid URL/.test(error.message)) return // Node makes no request of this address
    return crash(address, error)
  }
  const body = await bodyOf(response)
  if (body.includes(order.canary)) tally.values += 1
  if (response.status === 404 && body.length === 0) return
  // An address has many spellings. It is enough that the answer is one of the files, and whole.
  if (response.status === 200 && there.some((file) => file.equals(body))) tally.given += 1
  else escape(`${JSON.stringify(address)} was answered ${response.status} with ${body.length} bytes`)
}

/** Addresses of pictures in a page, which its policy allows. Chromium normalises the address before the handler gets it. */
async function askByPage(own: Session, addresses: readonly string[]): Promise<void> {
  const contents = webContents.getAllWebContents().find((one) => one.session === own)
  if (contents === undefined) return crash('there is no page', null)
  const script = `Promise.all(${JSON.stringify(addresses)}.map((address) => new Promise((done) => {
    const picture = new Image()
    picture.onload = picture.onerror = () => done()
    picture.src = address
  }))).then((all) => all.length)`
  const answered = await withDeadline(contents.executeJavaScript(script) as Promise<number>, patience, () => null)
  if (answered === null) crash('a page was not answered', addresses)
  else tally.byPage += answered
}

function asked(url: string, method: string): Request {
  return { url, method } as Request
}

async function bodyOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

/** Every function by which Node opens or reads a file. */
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
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

function escape(what: string): void {
  tally.escapes += 1
  if (tally.escapes <= 40) console.error(`ESCAPE ${what}`)
}

function crash(what: string, error: unknown): void {
  tally.crashes += 1
  if (tally.crashes <= 40) console.error(`CRASH ${what}:`, error)
}
