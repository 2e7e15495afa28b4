import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { definedEnvironment, electronPath, preparePalette } from '../e2e/support/app/desktop.ts'

export const checkout = resolve(import.meta.dirname, '..', '..')

/** The folder of a run, which contains a profile and the output of the app. */
export interface Place {
  readonly folder: string
  readonly profile: string
  /** The folder with the output of the app's processes. */
  readonly output: string
}

export interface Ran {
  /** The driver's result, as it wrote it. */
  readonly result: unknown
  readonly status: number | NodeJS.Signals | null
  /** The output of the app's processes. */
  readonly words: string
}

/** Calls `work` with a folder that is removed afterwards. */
export async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-app-'))
  const place = { folder, profile: join(folder, 'profile'), output: join(folder, 'output') }
  try {
    mkdirSync(place.profile, { mode: 0o700 })
    preparePalette(place.profile)
    mkdirSync(place.output)
    return await work(place)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs the built app with a driver that is loaded before the app's own code.
 * @param driver its source
 * @param order its task, as JSON
 * @param app the app's folder
 * @throws Error if it ended without a result
 */
export async function runApp(driver: string, place: Place, order: object, app = checkout): Promise<Ran> {
  const result = join(place.folder, 'result.json')
  const args = ['-r', await buildDriver(driver, join(place.folder, 'driver')), app]
  const said = join(place.output, 'said.txt')
  const out = openSync(said, 'w')
  const child = spawn(electronPath(), args, {
    env: {
      ...definedEnvironment(),
      LATCHKEY_PROFILE_DIR: place.profile,
      FUZZ_ORDER: JSON.stringify({ ...order, result }),
      FUZZ_CHECKOUT: checkout,
    },
    stdio: ['ignore', out, out],
  })
  const status = await new Promise<Ran['status']>((done) => child.once('exit', (code, signal) => done(code ?? signal)))
  const words = readFileSync(said, 'utf8')
  if (!existsSync(result)) throw new Error(`the app ended with ${status} before it was done:\n${words.slice(-4_000)}`)
  if (status !== 0 || /^(?:CRASH|ESCAPE|VALUE)/m.test(words))
    console.error(`the app ended with ${status}, and said:\n${words.slice(-8_000)}`)
  return { result: JSON.parse(readFileSync(result, 'utf8')), status, words }
}

async function buildDriver(source: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ...{ ssr: source, outDir: folder, target: 'node18' },
      rollupOptions: { external: ['electron', 'keytar'], output: { format: 'cjs', entryFileNames: 'driver.cjs' } },
    },
    ssr: { noExternal: true },
  })
  return join(folder, 'driver.cjs')
}
