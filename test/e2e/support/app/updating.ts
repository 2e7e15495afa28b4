import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { once } from 'node:events'
import type { ElectronApplication } from 'playwright-core'
import { _electron } from 'playwright-core'
import { build } from 'vite'
import { signedBytes } from '../../../../main/updates/feed.ts'
import type { UpdatesState } from '../../../../preload/contract.ts'
import { definedEnvironment, electronPath, holdReady } from './desktop.ts'
import { putTlsBefore, type TlsFront } from '../server/tls-front.ts'

const checkout = resolve(import.meta.dirname, '..', '..', '..', '..')
const manifestName = `latest-linux${process.arch === 'x64' ? '' : `-${process.arch}`}.json`

/** A fake AppImage of version 1.0.0, a script that records how it was started, and the feed that it asks. */
export class Updating {
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-updating-'))
  /** The content of the feed: bytes, or an address to redirect to. */
  readonly files = new Map<string, Buffer | string>()
  /** Files of which half is sent, and then nothing more. */
  readonly stalling = new Set<string>()
  readonly asked: { path: string; headers: Record<string, unknown> }[] = []
  readonly #keys = generateKeyPairSync('ed25519')
  #server!: Server
  #front!: TlsFront
  app!: ElectronApplication

  /** The images in the folder of the app's, which has its version in its name as the packages do. */
  get images(): string[] {
    return readdirSync(join(this.folder, 'images'))
  }

  imageAt(version: string): string {
    return join(this.folder, 'images', `Latchkey-${version}.AppImage`)
  }

  /** What has been started: the version and its arguments. */
  get started(): string {
    const file = join(this.folder, 'started')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** What the command and the login start. */
  get found(): { command: string; login: string } {
    const profile = join(this.folder, 'profile')
    const login = /^Exec="(.*)"$/m.exec(readFileSync(join(profile, '.config', 'autostart', 'latchkey.desktop'), 'utf8'))?.[1] ?? ''
    return { command: (JSON.parse(readFileSync(join(profile, 'launch.json'), 'utf8')) as { command: string[] }).command.join(' '), login }
  }

  /** Builds the app around the updater; once. */
  async build(): Promise<void> {
    const out = join(this.folder, 'app')
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ...{ ssr: join(checkout, 'test', 'e2e', 'updates', 'main.ts'), outDir: out, target: 'node18' },
        rollupOptions: {
          external: ['electron', 'koffi'],
          output: {
            format: 'cjs',
            dynamicImportInCjs: false,
            entryFileNames: 'main.cjs',
            paths: { koffi: createRequire(join(checkout, 'package.json')).resolve('koffi') },
          },
        },
      },
      ssr: { noExternal: true },
    })
    writeFileSync(join(out, 'package.json'), JSON.stringify({ name: 'updates', version: '1.0.0', main: 'main.cjs' }))
    this.#server = createServer((request, response) => {
      const path = (request.url ?? '').replace(/^\/|\?.*$/g, '')
      this.asked.push({ path, headers: request.headers })
      const found = this.files.get(path)
      if (found instanceof Buffer && this.stalling.has(path)) {
        response.writeHead(200, { 'content-length': found.length }).write(found.subarray(0, found.length / 2))
      } else if (typeof found === 'string') response.writeHead(302, { location: found }).end()
      else response.writeHead(found === undefined ? 404 : 200).end(found)
    })
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#front = await putTlsBefore(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`)
  }

  async start(): Promise<void> {
    const profile = join(this.folder, 'profile')
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
    for (const name of ['cache', 'images', 'started']) rmSync(join(this.folder, name), { recursive: true, force: true })
    for (const name of ['profile', 'images']) mkdirSync(join(this.folder, name))
    this.files.clear()
    this.stalling.clear()
    this.asked.length = 0
    writeFileSync(this.imageAt('1.0.0'), this.#script('1.0.0'), { mode: 0o755 })
    this.app = await _electron.launch({
      executablePath: electronPath(),
      args: [...this.#front.switches, ...holdReady.args, join(this.folder, 'app')],
      chromiumSandbox: true,
      env: {
        ...definedEnvironment(),
        ...holdReady.env,
        ...{
          UPDATE_FEED: this.#front.url,
          UPDATE_KEY: this.#keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
          UPDATE_FOLDER: profile,
        },
        ...{ APPIMAGE: this.imageAt('1.0.0'), APPDIR: dirname(electronPath()), XDG_CACHE_HOME: join(this.folder, 'cache') },
      },
      timeout: 30_000,
    })
    for (const deadline = Date.now() + 10_000; !(await this.app.evaluate(() => 'updates' in globalThis));) {
      if (Date.now() > deadline) throw new Error('the updater is not there')
    }
  }

  /** Adds a signed version to the feed. @returns the manifest's bytes, and the image's file name */
  publish(version: string, key: KeyObject = this.#keys.privateKey): { file: string; manifest: Buffer } {
    const file = `Latchkey-${version}.AppImage`
    const image = Buffer.from(this.#script(version))
    const sha512 = createHash('sha512').update(image).digest('base64')
    const manifest = Buffer.from(
      JSON.stringify({ version, files: [{ url: file, sha512, size: image.length }], releaseDate: '2026-01-02T03:04:05.000Z' }),
    )
    this.files.set(file, image)
    this.files.set(manifestName, manifest)
    this.files.set(`${manifestName}.sig`, Buffer.from(sign(null, signedBytes(manifestName, manifest), key).toString('base64')))
    return { file, manifest }
  }

  setManifest(bytes: Buffer): void {
    this.files.set(manifestName, bytes)
  }

  /** An image is also started to install itself, and told to end then. */
  #script(version: string): string {
    return `#!/bin/sh\n[ -n "$APPIMAGE_EXIT_AFTER_INSTALL" ] || echo ${version} "$*" >> "${join(this.folder, 'started')}"\n`
  }

  ask(what: 'check' | 'download' | 'install'): Promise<UpdatesState> {
    return this.app.evaluate(async (_electron, name) => globalThis.updates[name](), what)
  }

  /** Locks, which ends the app. */
  async lock(): Promise<void> {
    const ended = once(this.app.process(), 'exit')
    await this.app.evaluate(() => globalThis.lock()).catch(() => undefined) // the lock ends the answering process
    await ended
  }

  async quit(): Promise<void> {
    await this.app.close()
  }

  async end(): Promise<void> {
    await this.#front.stop()
    this.#server.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
