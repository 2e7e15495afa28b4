import { Refusal } from '../vault/refusal.ts'

/** One HTTP request. The embedded backend and the network are both reached by a function of this shape. */
export type Reach = (url: string, init: RequestInit) => Promise<Response>

export interface Limits {
  /** Over connecting, headers and body together, in milliseconds. */
  readonly deadline: number
  /** Of the answer's body, in bytes. */
  readonly size: number
}

/**
 * Sends a request and reads the whole answer within the limits.
 * @throws Refusal `server-unreachable`, `server-untrusted`, `server-timeout`, `server-redirected` or `answer-too-large`
 */
export async function exchange(
  reach: Reach,
  url: string,
  init: RequestInit,
  { deadline, size }: Limits,
): Promise<{ status: number; body: string }> {
  const stop = new AbortController()
  // Not the signal alone: an answer already begun, or a backend in this process, need not listen to it.
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Refusal('server-timeout', { mayHaveHappened: true }))
      stop.abort()
    }, deadline)
  })
  const whole = async (): Promise<{ status: number; body: string }> => {
    const response = await reach(url, { ...init, redirect: 'error', signal: stop.signal })
    return { status: response.status, body: await read(response, size) }
  }
  try {
    return await Promise.race([whole(), late])
  } catch (error) {
    throw error instanceof Refusal ? error : networkRefusal(error)
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
}

async function read(response: Response, size: number): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let read = 0
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks).toString('utf8')
    read += value.byteLength
    if (read > size) throw new Refusal('answer-too-large', { mayHaveHappened: true })
    chunks.push(value)
  }
}

/** What the two network stacks (Node's and Chromium's) say before a connection stood: nothing was sent by then. */
const neverSent =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CONNECTION_REFUSED|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|PROXY_/
const untrusted = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_(GET|VERIFY)/

function networkRefusal(error: unknown): Refusal {
  const said = [error, error instanceof Error ? error.cause : undefined]
    .map((one) => (one instanceof Error ? `${'code' in one ? String(one.code) : ''} ${one.message}` : ''))
    .join(' ')
  if (/redirect/i.test(said)) return new Refusal('server-redirected', { mayHaveHappened: true })
  if (untrusted.test(said)) return new Refusal('server-untrusted')
  return new Refusal('server-unreachable', { mayHaveHappened: !neverSent.test(said) })
}
