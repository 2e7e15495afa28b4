import { join } from 'node:path'
import { openBackend } from '../../../backend/backend.ts'
import { listen } from '../../../backend/serving/listener.ts'
import { Elsewhere } from './elsewhere.ts'
import type { Task } from '../child/orders.ts'
import { type Passed, Proxy } from './proxy.ts'

const appId = 'team'
export const person = { email: 'ada@torture.invalid', password: 'correct horse battery' }

/** A served backend with its data folder, the proxy before it, and another computer that uses it too. */
export class Served {
  readonly proxy: Proxy
  readonly elsewhere: Elsewhere
  readonly #close: () => Promise<void>

  private constructor(url: string, heard: (passed: Passed) => void, close: () => Promise<void>) {
    this.proxy = new Proxy(url, heard)
    this.elsewhere = new Elsewhere(url, appId)
    this.#close = close
  }

  static async start(folder: string, heard: (passed: Passed) => void): Promise<Served> {
    const backend = await openBackend({ dataDir: join(folder, 'server'), appId })
    const listener = await listen(backend, { port: 0, host: '127.0.0.1', behindProxy: false })
    const served = new Served(listener.url, heard, async () => {
      await listener.close()
      await backend.close()
    })
    await served.proxy.up()
    return served
  }

  /** Those of the world's person. */
  get signIn(): Extract<Task, { do: 'signIn' }> {
    return { do: 'signIn', url: this.proxy.url, appId, ...person }
  }

  async stop(): Promise<void> {
    await this.proxy.down()
    await this.#close()
  }
}
