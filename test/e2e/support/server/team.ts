import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { createKey, type Desktop, discard, newProfile, rowOf, startDesktop } from '../app/desktop.ts'
import { type Elsewhere, elsewhere, type Person } from './elsewhere.ts'
import { serve, type Served } from './served-backend.ts'
import { register } from './server-account.ts'

const person: Person = { email: 'dev@example.com', password: 'correct horse' }

/** A team's server that can be stopped, the app with an account on it, and the same account used elsewhere. */
export class Team {
  readonly #data: string
  readonly #profile: string
  #server: Served
  #desktop: Desktop

  private constructor(
    { data, profile, server, desktop }: { data: string; profile: string; server: Served; desktop: Desktop },
    readonly elsewhere: Elsewhere,
  ) {
    this.#data = data
    this.#profile = profile
    this.#server = server
    this.#desktop = desktop
  }

  /** @param keys names of keys that the app creates */
  static async gather(keys: readonly string[]): Promise<Team> {
    const data = mkdtempSync(join(tmpdir(), 'latchkey-served-'))
    const profile = newProfile()
    const server = await serve(data)
    const desktop = await startDesktop(profile)
    await register(desktop, server.url, person)
    for (const key of keys) await createKey(desktop.page, key)
    return new Team({ data, profile, server, desktop }, await elsewhere(server.url, person))
  }

  get desktop(): Desktop {
    return this.#desktop
  }

  get page(): Page {
    return this.#desktop.page
  }

  get url(): string {
    return this.#server.url
  }

  stopServer(): Promise<void> {
    return this.#server.stop()
  }

  /** At the same address, with the same data. */
  async startServer(): Promise<void> {
    this.#server = await serve(this.#data, { port: Number(new URL(this.#server.url).port) })
  }

  async restartApp(): Promise<void> {
    await this.#desktop.quit()
    this.#desktop = await startDesktop(this.#profile)
  }

  async part(): Promise<void> {
    await this.#desktop.quit()
    await this.#server.stop()
    discard(this.#profile)
    discard(this.#data)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** Selects a key in the list. */
  async choose(name: string): Promise<void> {
    await rowOf(this.page, name).click()
    await this.page.getByRole('heading', { name }).waitFor()
  }

  async more(item: RegExp): Promise<void> {
    await this.button('More').click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** All text of the window. */
  said(): Promise<string> {
    return this.page.locator('body').innerText()
  }

  /** The server's keys as `name` or `name disabled`, sorted by name. */
  async onServer(): Promise<string[]> {
    const keys = await this.elsewhere.keys()
    return keys.map(({ name, disabled }) => (disabled ? `${name} disabled` : name)).sort()
  }
}
