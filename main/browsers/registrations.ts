import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { hostName } from '../../clients/shared/protocol/extension-ids.ts'
import { Refusal } from '../vault/refusal.ts'
import { type BrowserHome, browserHomes, type BrowserEnvironment } from './browser-homes.ts'
import type { BrowserId, Sandbox } from '../../shared/lists/browsers.ts'
import { isOurManifest, manifestFor, manifestName } from './host-manifest.ts'
import { readManifest, removeManifest, writeManifest } from './manifest-file.ts'
import { type Registry, WindowsRegistry } from './windows-registry.ts'

export interface BrowserState {
  readonly id: BrowserId
  /** Whether its folders show that this user has started it. */
  readonly installed: boolean
  /** Whether it finds this app's native messaging host. */
  readonly registered: boolean
  /** Set if it is installed only in a sandbox, and so cannot start the host. */
  readonly blocked: Sandbox | null
}

export interface RegistrationParts extends BrowserEnvironment {
  /** The absolute path of the `latchkey` executable, which is the native messaging host too. */
  readonly host: string
  /** The profile's folder. On Windows the manifests are in it, and the registry has their paths. */
  readonly folder: string
  readonly registry?: Registry
}

/** Registers the native messaging host with this user's browsers, so that our extension finds the app. */
export class Registrations {
  readonly #parts: RegistrationParts
  readonly #homes: readonly BrowserHome[]
  readonly #registry: Registry | null

  constructor(parts: RegistrationParts) {
    if (!isAbsolute(parts.host)) throw new Error('browsers start a host by its absolute path')
    this.#parts = parts
    this.#homes = browserHomes(parts)
    this.#registry = parts.platform === 'win32' ? (parts.registry ?? new WindowsRegistry(parts.env)) : null
  }

  list(): Promise<BrowserState[]> {
    return Promise.all(this.#homes.map((home) => this.#look(home)))
  }

  /**
   * Registers the host with a browser. Idempotent.
   * @throws Refusal `browser-unknown` if this user does not have it, or only in a sandbox; `browser-unwritable` if another file is at the
   *   manifest's path
   */
  async register(id: BrowserId): Promise<void> {
    const home = this.#homeOf(id)
    if (!isInstalled(home)) throw new Refusal('browser-unknown')
    const path = this.#pathOf(home)
    const there = readManifest(path)
    if (there !== null && !isOurManifest(there)) throw new Refusal('browser-unwritable')
    const text = manifestFor(home.kind, this.#parts.host)
    if (there !== text) writeManifest(path, text)
    await this.#registry?.write(registryKeyOf(home), path)
  }

  /** Removes our own manifest or registry entry, and no other. @throws Refusal `browser-unwritable` */
  async unregister(id: BrowserId): Promise<void> {
    const home = this.#homeOf(id)
    const path = this.#pathOf(home)
    if (this.#registry !== null) {
      // The manifest file stays, because all browsers of its kind share it.
      if ((await this.#registry.read(registryKeyOf(home))) === path) await this.#registry.remove(registryKeyOf(home))
      return
    }
    const there = await this.#manifest(home)
    if (there !== null && isOurManifest(there)) removeManifest(path)
  }

  /** Updates existing registrations after the app has moved. */
  async refresh(): Promise<void> {
    for (const home of this.#homes) if (isInstalled(home) && (await this.#isStale(home))) await this.register(home.id)
  }

  async #look(home: BrowserHome): Promise<BrowserState> {
    const here = isInstalled(home)
    const blocked = here ? null : anyExists(home.sandboxed.snap) ? 'snap' : anyExists(home.sandboxed.flatpak) ? 'flatpak' : null
    return {
      id: home.id,
      installed: here || blocked !== null,
      registered: (await this.#manifest(home)) === this.#expectedManifest(home),
      blocked,
    }
  }

  async #isStale(home: BrowserHome): Promise<boolean> {
    const there = await this.#manifest(home)
    return there !== null && there !== this.#expectedManifest(home) && isOurManifest(there)
  }

  /** The manifest that the browser reads; null if it does not exist or cannot be read. */
  async #manifest(home: BrowserHome): Promise<string | null> {
    const path = this.#pathOf(home)
    if (this.#registry !== null && (await this.#registry.read(registryKeyOf(home))) !== path) return null
    try {
      return readManifest(path)
    } catch (error) {
      if (error instanceof Refusal) return null
      throw error
    }
  }

  #expectedManifest({ kind }: BrowserHome): string {
    return manifestFor(kind, this.#parts.host)
  }

  #homeOf(id: BrowserId): BrowserHome {
    const home = this.#homes.find((one) => one.id === id)
    if (home === undefined) throw new Refusal('browser-unknown')
    return home
  }

  #pathOf(home: BrowserHome): string {
    return this.#registry === null ? join(home.hosts, manifestName) : join(this.#parts.folder, 'native-messaging', `${home.kind}.json`)
  }
}

function isInstalled({ traces }: BrowserHome): boolean {
  return anyExists(traces)
}

function anyExists(paths: readonly string[]): boolean {
  return paths.some((path) => existsSync(path))
}

function registryKeyOf({ hosts }: BrowserHome): string {
  return `${hosts}\\${hostName}`
}
