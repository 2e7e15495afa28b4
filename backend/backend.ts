import { newCustomTokenVerifier, type CustomToken } from './auth/custom-token.ts'
import { loadInstance } from './auth/instance.ts'
import { memorySigningKeys, SigningKeys } from './auth/signing-keys.ts'
import { PasswordQueue } from './auth/password-queue.ts'
import { Throttle } from './auth/throttle.ts'
import { Background } from './background.ts'
import type { Context } from './context.ts'
import { BackendFailure } from './failure.ts'
import type { Mail } from './mail/mail.ts'
import { Mailbox } from './mail/mailbox.ts'
import { isKeyPrefix, keyPrefixRule } from './key-values.ts'
import { newRoutes } from './routes/routes.ts'
import { LastUse } from './services/last-use.ts'
import { Revocations } from './services/revocations.ts'
import { ServiceList } from './services/service-list.ts'
import { openDatabase, type OpenStore } from './store/database.ts'
import { saveLastUse } from './store/key-details.ts'
import { signingKeyFile } from './store/signing-key-file.ts'
import { sweep } from './store/sweep.ts'

/**
 * An App-Services-compatible auth server as one function. Three answers carry a secret to the client: a login or link (tokens), a refresh
 * (an access token), and the creation of a key (its value, once). No other answer does, and no log line.
 */
export interface Backend {
  /**
   * Answers a request. Never rejects.
   * @param from.address the client's address, by which failed logins are throttled; absent for in-process calls
   */
  fetch(request: Request, from?: { readonly address: string }): Promise<Response>
  /**
   * The bytes of the store's file, for backups. It contains no key that signs tokens.
   * @throws BackendFailure `disk-full`
   */
  copy(): Promise<Buffer>
  /** Ends streams, waits for running work and closes the store. Later requests are answered with 500. */
  close(): Promise<void>
}

export interface BackendOptions {
  /** Folder of the store, created with mode 0700 if it does not exist. One process at a time. */
  readonly dataDir: string
  /** `[A-Za-z0-9_-]{1,64}`: SDKs put it into the URL unescaped. */
  readonly appId: string
  /** Public base URL, for `/location` and for links in mails. If absent, `/location` returns each request's own origin. */
  readonly origin?: string
  /** If absent, users are confirmed at once and passwords cannot be reset. Requires `origin`. */
  readonly mail?: Mail
  /** If absent, the provider `custom-token` is off. */
  readonly customToken?: CustomToken
  /** Where the keys that sign tokens are stored: in a file of the data folder (the default), or in memory until the backend is closed. */
  readonly signingKeys?: 'file' | 'memory'
  /** Whether the provider `anon-user` is on. On by default. */
  readonly anonymous?: boolean
  /** What the values of new keys begin with, which then have a checksum. If absent, they have the form of App Services. */
  readonly keyPrefix?: string
  readonly clock?: () => Date
  /** Receives one line per request and per fault: routes, statuses and codes, never a value, an address or an id. */
  readonly log?: (line: string) => void
}

const sweepEveryMs = 60 * 60 * 1000

/**
 * Opens the backend on its data folder.
 * @throws BackendFailure with one of its codes and a sentence
 */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { appId, clock = () => new Date(), log = () => undefined, mail } = options
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(appId)) {
    throw new BackendFailure('options-invalid', 'the app id must be 1 to 64 letters, digits, underscores and hyphens')
  }
  const keyPrefix = options.keyPrefix ?? null
  if (keyPrefix !== null && !isKeyPrefix(keyPrefix)) {
    throw new BackendFailure('options-invalid', keyPrefixRule)
  }
  const origin = options.origin === undefined ? null : readOrigin(options.origin)
  // Attack: the request's `Host` header is forged. A link made from it would send the victim's token to the attacker.
  if (mail !== undefined && origin === null) throw new BackendFailure('options-invalid', 'mail needs a public URL for its links')
  const verifyCustomToken = options.customToken === undefined ? null : newCustomTokenVerifier(options.customToken, appId)

  const database = await openDatabase(options.dataDir)
  const { signingKeys, services } = await openFiles(options, database, () => clock().getTime())
  const background = new Background(log)
  // Apart from what requests start: a long sweep takes no room from mail, and a flood of requests none from the sweep.
  const housekeeping = new Background(log)
  const revocations = new Revocations()
  const lastUse = new LastUse(
    () => clock().getTime(),
    (times) => housekeeping.start('last use of keys', () => saveLastUse(database, times)),
  )
  const context: Context = {
    appId,
    origin,
    clock,
    log,
    database,
    instance: await loadInstance(database, { signer: signingKeys, issuer: origin }, clock()),
    throttle: new Throttle(clock),
    anonymous: options.anonymous ?? true,
    keyPrefix,
    passwords: new PasswordQueue(),
    background,
    services,
    revocations,
    lastUse,
    mailbox: mail === undefined || origin === null ? null : new Mailbox(mail, `${origin}/app/${appId}`),
    verifyCustomToken,
  }
  const routes = newRoutes(context)
  let swept = Number.NEGATIVE_INFINITY
  let sweeping = false
  const stop = new AbortController()
  let closing: Promise<void> | undefined
  const underWay = new Set<Promise<Response>>()
  /** One at a time: a long one may still run when the next is due. */
  const sweepOnce = async (): Promise<void> => {
    sweeping = true
    try {
      await sweep(database, clock(), stop.signal)
    } finally {
      sweeping = false
    }
  }

  return {
    async fetch(request, from) {
      if (clock().getTime() - swept >= sweepEveryMs && closing === undefined) {
        swept = clock().getTime()
        if (!sweeping) housekeeping.start('sweep', sweepOnce)
        housekeeping.start('rotation of the signing key', async () => signingKeys.rotate())
      }
      const answering = Promise.resolve(routes.fetch(request, { address: from?.address, hasLeft: () => request.signal.aborted }))
      underWay.add(answering)
      try {
        return await answering
      } finally {
        underWay.delete(answering)
      }
    },
    copy: () => database.copy(),
    close() {
      revocations.close()
      stop.abort()
      closing ??= Promise.allSettled(underWay)
        .then(() => lastUse.flush())
        .then(() => Promise.all([background.settle(), housekeeping.settle()]))
        .then(() => database.close())
      return closing
    },
  }
}

/** Reads what is in the data folder beside the store. */
async function openFiles(
  { dataDir, signingKeys }: BackendOptions,
  database: OpenStore,
  now: () => number,
): Promise<{ signingKeys: SigningKeys; services: ServiceList }> {
  try {
    const vault = signingKeys === 'memory' ? memorySigningKeys() : signingKeyFile(dataDir)
    return { signingKeys: new SigningKeys(vault, now), services: new ServiceList(dataDir) }
  } catch (error) {
    await database.close()
    throw error
  }
}

function readOrigin(text: string): string {
  const invalid = new BackendFailure('options-invalid', 'the public URL must be http or https, with a host and nothing after its path')
  try {
    const url = new URL(text)
    const plain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
    if (!plain || !['http:', 'https:'].includes(url.protocol)) throw invalid
    // SDKs append paths to it: a trailing slash would be doubled.
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  } catch (error) {
    if (error instanceof TypeError) throw invalid
    throw error
  }
}
