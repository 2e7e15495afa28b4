import { net, type Session, session } from 'electron'
import type { IncomingResponse, SendRequest } from '../realm/server/exchange.ts'
import { Refusal } from '../vault/refusal.ts'
import { isReachedByLoopback, loopback } from '../realm/server/loopback.ts'

/**
 * Sends requests to servers elsewhere through Chromium, which uses the system's certificates and proxies. Its sessions live in memory, so
 * that no answer is cached on disk, and they send no cookies.
 */
export const httpClient: SendRequest = async (url, init) => {
  if (isReachedByLoopback(url)) return loopback(url, init)
  const wasOnline = net.isOnline()
  try {
    return await (init.method === 'GET' ? sendBy(session.fromPartition('network', { cache: false }), url, init) : sendOnce(url, init))
  } catch (error) {
    // Chromium reports a lost connection and one that was never made by the same codes. Without a network beforehand it was never made.
    if (!wasOnline && error instanceof Error && noNetwork.test(error.message)) throw new Refusal('server-unreachable')
    throw error
  }
}

const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE/

/** Sessions for changes that no request uses now. */
const idleSessions: Session[] = []
let sessionCount = 0

/**
 * Sends a change at most once. Chromium retries any request, even a POST, if its reused connection ends before the answer begins. If the
 * server had carried out the first request, the retry would create a key twice, and the second answer would hide the first. Chromium does
 * not retry on a new connection, so each change gets a session of its own whose connections are closed first; reads in flight use another
 * session. HTTP/3 is turned off for the whole app (`index.ts`), because Chromium retries its requests on any connection.
 */
async function sendOnce(url: string, init: RequestInit): Promise<IncomingResponse> {
  const own = idleSessions.pop() ?? session.fromPartition(`network-changes-${++sessionCount}`, { cache: false })
  try {
    await own.closeAllConnections()
    init.signal?.throwIfAborted()
    const { status, body } = await sendBy(own, url, init)
    return { status, body: releaseAfter(body, own) }
  } catch (error) {
    idleSessions.push(own)
    throw error
  }
}

function sendBy(by: Session, url: string, init: RequestInit): Promise<Response> {
  return by.fetch(url, { ...init, credentials: 'omit' })
}

/** Releases the session for the next change once the whole answer has arrived: closing its connections earlier would truncate it. */
async function* releaseAfter(body: Response['body'], own: Session): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body ?? []) yield chunk as Uint8Array
  } finally {
    idleSessions.push(own)
  }
}
