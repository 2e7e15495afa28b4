import { withDeadline } from '../../../shared/deadline.ts'
import { Refusal } from '../../vault/refusal.ts'

/** The part of a `Response` that is used. */
export interface IncomingResponse {
  readonly status: number
  readonly body: AsyncIterable<Uint8Array> | null
}

/** Sends one HTTP request. The embedded backend and the network are both reached through a function of this type. */
export type SendRequest = (url: string, init: RequestInit) => Promise<IncomingResponse>

export interface Limits {
  /** For connecting, headers and body together, in milliseconds. */
  readonly deadline: number
  /** Maximum size of the answer's body, in bytes. */
  readonly size: number
}

/**
 * Sends a request and reads the whole answer within the limits.
 * @throws Refusal `server-unreachable`, `server-untrusted`, `server-timeout`, `server-redirected` or `answer-too-large`
 */
export async function exchange(
  reach: SendRequest,
  url: string,
  init: RequestInit,
  { deadline, size }: Limits,
): Promise<{ status: number; body: string }> {
  const stop = new AbortController()
  const send = async (): Promise<{ status: number; body: string }> => {
    const response = await reach(url, { ...init, redirect: 'error', signal: stop.signal })
    return { status: response.status, body: await read(response, size) }
  }
  try {
    // The signal alone is not enough: an answer that has begun, or a backend in this process, may ignore it.
    return await withDeadline(send(), deadline, () => {
      throw new Refusal('server-timeout', { mayHaveHappened: true })
    })
  } catch (error) {
    stop.abort() // stop receiving an answer that is no longer needed
    throw error instanceof Refusal ? error : networkRefusal(error)
  }
}

async function read({ body }: IncomingResponse, size: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let received = 0
  for await (const chunk of body ?? []) {
    received += chunk.byteLength
    if (received > size) throw new Refusal('answer-too-large', { mayHaveHappened: true })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Errors of the two network stacks (Node's and Chromium's) before a connection was established, so that nothing was sent. */
const notSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CONNECTION_REFUSED|NAME_NOT_RESOLVED|PROXY_/
/** A lost network also ends established connections, after they carried a request. Only Node's stack distinguishes the two. */
const notConnected = /^connect (ENETUNREACH|EHOSTUNREACH)\b/
/** Certificate errors. The certificate is checked before the request is sent. */
const untrusted =
  /ERR_CERT_|\b(CERT_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_ALTNAME_INVALID)\b|UNABLE_TO_(GET|VERIFY)_/
/** Any other TLS error. It can occur after the request was sent, for example by a record that was damaged in transit. */
const brokenTls = /ERR_SSL|ERR_TLS|ERR_BAD_SSL|\bEPROTO\b/

function networkRefusal(error: unknown): Refusal {
  const description = [error, error instanceof Error ? error.cause : undefined]
    .map((cause) => (cause instanceof Error ? `${'code' in cause ? String(cause.code) : ''} ${cause.message}` : ''))
    .join(' ')
  if (/redirect/i.test(description)) return new Refusal('server-redirected', { mayHaveHappened: true })
  if (untrusted.test(description)) return new Refusal('server-untrusted')
  if (brokenTls.test(description)) return new Refusal('server-untrusted', { mayHaveHappened: true })
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
  return new Refusal('server-unreachable', { mayHaveHappened: !notSent.test(description) && !notConnected.test(cause) })
}
