import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { openBackend } from '../../../backend/backend.ts'
import { listen } from '../../../backend/serving/listener.ts'
import { appCommand, definedEnvironment } from '../../e2e/desktop.ts'

const checkout = resolve(import.meta.dirname, '..', '..', '..')

export interface Tally {
  readonly part: 'ipc'
  readonly seed: number
  readonly channels: number
  readonly messages: number
  /** Those that a channel takes, and which therefore reached its handler. */
  readonly handled: number
  readonly forged: number
  /** Errors that nobody caught, answers that are none or `internal`, and those that did not come. */
  readonly crashes: number
  /** Messages from a sender who may not, or of another shape than the channel's, that were not refused. */
  readonly escapes: number
  /** Answers, events and files with a value, a token or a root key that nobody was to be told. */
  readonly values: number
  /** Values that were revealed to who asked rightly: what shows that the others would have been seen. */
  readonly given: number
}

/** Sends so many messages to each channel of the real app, on a profile and with a backend of its own. */
export async function fuzzWindows({ messages, seed }: { messages: number; seed: number }): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-windows-'))
  const backend = await openBackend({ dataDir: join(folder, 'server'), appId: 'app-1' })
  const listener = await listen(backend, { port: 0, host: '127.0.0.1', behindProxy: false })
  try {
    const profile = join(folder, 'profile')
    mkdirSync(profile)
    chmodSync(profile, 0o700)
    const [output, result] = [join(folder, 'output'), join(folder, 'result.json')]
    mkdirSync(join(folder, 'files'))
    mkdirSync(output)
    const driver = await buildDriver(join(folder, 'driver'))
    const order = { messages, seed, serverUrl: listener.url, folder: join(folder, 'files'), output, result }
    const [program, ...args] = appCommand(['-r', driver])
    const said = openSync(join(output, 'said.txt'), 'w')
    const child = spawn(program, args, {
      env: { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: profile, FUZZ_ORDER: JSON.stringify(order), FUZZ_CHECKOUT: checkout },
      stdio: ['ignore', said, said],
    })
    const status = await ended(child)
    const words = readFileSync(join(output, 'said.txt'), 'utf8')
    if (!existsSync(result)) throw new Error(`the app ended with ${status} before it was done:\n${words.slice(-4_000)}`)
    const { files, ended: early, ...told } = JSON.parse(readFileSync(result, 'utf8')) as Tally & { files: string[]; ended?: string }
    if (/^(?:CRASH|ESCAPE)/m.test(words)) console.error(words)
    if (early !== undefined) throw new Error(early)
    for (const file of files) console.error(`a secret is in ${file.slice(folder.length)}`)
    if (status !== 0) console.error(`the app ended with ${status}:\n${words.slice(-2_000)}`)
    return { ...told, part: 'ipc', seed, crashes: told.crashes + (status === 0 ? 0 : 1), values: told.values + files.length }
  } finally {
    await listener.close()
    await backend.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function buildDriver(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ...{ ssr: join(import.meta.dirname, 'driver.ts'), outDir: folder, target: 'node18' },
      rollupOptions: { external: ['electron', 'keytar'], output: { format: 'cjs', entryFileNames: 'driver.cjs' } },
    },
    ssr: { noExternal: true },
  })
  return join(folder, 'driver.cjs')
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)))
}
