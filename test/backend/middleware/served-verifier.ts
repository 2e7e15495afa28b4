import { onTestFinished } from 'vitest'
import { newKeyVerifier, type KeyVerifier, type KeyVerifierOptions } from '../../../backend/middleware/key-verifier.ts'
import { listen } from '../../../backend/serving/listener.ts'
import type { Client } from '../opened.ts'
import { openServed } from '../services/service.ts'

/** The real server on a port, and how often it was asked about a key. */
export interface ServedKeys {
  readonly client: Client
  readonly dataDir: string
  readonly credential: string
  readonly url: string
  /** The checks that reached the server. */
  readonly checks: () => number
  readonly newVerifier: (options?: Partial<KeyVerifierOptions>) => KeyVerifier
}

export async function serveKeys(): Promise<ServedKeys> {
  const lines: string[] = []
  const { client, dataDir, credential } = await openServed({ log: (line) => lines.push(line) })
  const listener = await listen(client.backend, { port: 0, host: '127.0.0.1', behindProxy: false })
  onTestFinished(() => listener.close())
  return {
    ...{ client, dataDir, credential, url: listener.url },
    checks: () => lines.filter((line) => line.includes('/api_keys/verify ')).length,
    newVerifier(options = {}) {
      const verifier = newKeyVerifier({ server: listener.url, appId: 'app-1', credential, ...options })
      onTestFinished(() => verifier.close())
      return verifier
    },
  }
}
