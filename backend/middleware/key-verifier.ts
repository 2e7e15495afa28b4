import { KeyCache, type VerifiedKey } from './key-cache.ts'
import { RevocationFeed } from './revocation-feed.ts'

export interface KeyVerifierOptions {
  /** The public URL of the server. `https`, except on this computer: keys are sent to it. */
  readonly server: string
  readonly appId: string
  /** The service's credential, `lks_…`. */
  readonly credential: string
  /** How many good keys are kept in the cache; default 10,000. */
  readonly maxKeys?: number
  /** Whether the feed of revocations is followed, so that answers are kept for 30 seconds and not for five. On by default. */
  readonly follow?: boolean
  readonly fetch?: typeof fetch
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number
  /** Receives a line for each fault, never a key, a credential or an id. */
  readonly log?: (line: string) => void
}

/** Says whether keys are good, from the server or from a cache of its answers. */
export interface KeyVerifier {
  /**
   * @returns null if the key is no good
   * @throws KeyCheckUnavailable if the server cannot be asked and no answer is kept
   */
  verify(key: string): Promise<VerifiedKey | null>
  /** Whether the feed of revocations is heard. */
  readonly isFollowing: boolean
  /** Ends the connection of the feed, which otherwise keeps the process running. */
  close(): void
}

/** Neither yes nor no: answer with 503. The message says why, and never contains the key. */
export class KeyCheckUnavailable extends Error {
  override readonly name = 'KeyCheckUnavailable'
}

const timeoutMs = 5_000
const maxAttempts = 3

/** @throws TypeError if the server's URL or the credential cannot be right */
export function newKeyVerifier(options: KeyVerifierOptions): KeyVerifier {
  const { credential, maxKeys = 10_000, follow = true, clock = () => performance.now(), log = () => undefined } = options
  const send = options.fetch ?? fetch
  const base = baseOf(options.server, options.appId)
  if (!/^lks_[A-Za-z0-9_-]{43}$/.test(credential)) throw new TypeError('the credential of a service begins with lks_')
  const cache = new KeyCache(maxKeys)
  const underWay = new Map<string, Promise<VerifiedKey | null>>()
  const feed = follow
    ? new RevocationFeed({
        ...{ url: `${base}/api_keys/revocations`, credential, fetch: send, log },
        onRevoked: (id) => cache.forget(id),
        onReset: () => cache.forgetAll(),
      })
    : null

  async function ask(key: string, hash: string): Promise<VerifiedKey | null> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const askedAt = clock()
      const question = cache.begin()
      try {
        const { verified, keepMs } = await askServer(key)
        if (cache.keep(question, hash, { key: verified, askedAt, keepMs })) return verified
      } finally {
        cache.end(question)
      }
    }
    throw new KeyCheckUnavailable('the key was revoked whenever it was checked')
  }

  async function askServer(key: string): Promise<{ verified: VerifiedKey | null; keepMs: number }> {
    try {
      const response = await send(`${base}/api_keys/verify`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ key }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const body: unknown = response.status === 200 ? await response.json() : await response.body?.cancel()
      if (response.status !== 200) throw new KeyCheckUnavailable(`the server answered ${response.status}`)
      return readAnswer(body)
    } catch (error) {
      const fault = error instanceof KeyCheckUnavailable ? error : new KeyCheckUnavailable('the server did not answer', { cause: error })
      log(`a key could not be checked: ${fault.message}`)
      throw fault
    }
  }

  return {
    async verify(key) {
      const hash = await hashOf(key)
      const kept = cache.find(hash, clock(), feed?.isFollowing === true)
      if (kept !== undefined) return kept
      // Many requests with one key are one question.
      const asking = underWay.get(hash) ?? ask(key, hash).finally(() => underWay.delete(hash))
      underWay.set(hash, asking)
      return asking
    },
    get isFollowing() {
      return feed?.isFollowing === true
    },
    close: () => feed?.close(),
  }
}

function baseOf(server: string, appId: string): string {
  const url = new URL(server)
  const local = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) throw new TypeError('keys are sent over https only')
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(appId)) throw new TypeError('the app id must be 1 to 64 letters, digits, underscores and hyphens')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/api/service/v1/app/${appId}`
}

/** SHA-256: keys have so much entropy that nobody finds one by its hash. */
async function hashOf(key: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Reads the server's answer. Fields that a newer server adds are ignored. An older one knows no expiry, scopes and metadata. */
function readAnswer(body: unknown): { verified: VerifiedKey | null; keepMs: number } {
  const answer = (body ?? {}) as Record<string, unknown>
  const { valid, user_id: userId, key_id: keyId, name, cache_seconds: given } = answer
  const keepMs = typeof given === 'number' && given >= 0 ? given * 1000 : 0
  if (valid === false) return { verified: null, keepMs }
  const { expires_at: expiresAt = null, scopes = [], metadata = {} } = answer
  const strange = new KeyCheckUnavailable('the server answered what it should not')
  if (valid !== true || typeof userId !== 'string' || typeof keyId !== 'string' || typeof name !== 'string') throw strange
  if (!(expiresAt === null || typeof expiresAt === 'string') || !isList(scopes) || !isRecord(metadata)) throw strange
  return { verified: { userId, keyId, name, expiresAt, scopes, metadata }, keepMs }
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isRecord(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isList(Object.values(value))
}
