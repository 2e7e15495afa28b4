import { net, type Session, session } from 'electron'
import type { IncomingResponse, SendRequest } from '../realm/server/exchange.ts'
import { Refusal } from '../vault/refusal.ts'
import { isReachedByLoopback, loopback } from '../realm/server/loopback.ts'

/**
 * Chromium's stack for servers elsewhere: the system's certificates and proxies. Its sessions live in memory, so that no answer
 * is cached on disk, and send no cookies.
 */
export const httpClient: SendRequest = async (url, init) => {
  if (isReachedByLoopback(url)) return loopback(url, init)
  const wasOnline = net.isOnline()
  try {
    return await (init.method === 'GET' ? sendBy(session.fromPartition('network', { cache: false }), url, init) : sendOnce(url, init))
  } catch (error) {
    // A connection that stood fails in the same words as one that was never made. Where there was no network before, there was none to stand.
    if (!wasOnline && error instanceof Error && noNetwork.test(error.message)) throw new Refusal('server-unreachable')
    throw error
  }
}

const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE/

/** The sessions for changes that no request uses now. */
const idle: Session[] = []
let made = 0

/**
 * Chromium repeats any request, a POST too, whose reused connection ends before the answer begins. The server may have carried out
 * the first one: it would make a key twice, and its second answer would hide the first. On a new connection nothing is repeated. So a
 * change has a session for itself, whose connections are closed first; those of reads under way are in another one. HTTP/3, which it
 * repeats a request of on any connection, is turned off for the whole app (`index.ts`).
 */
async function sendOnce(url: string, init: RequestInit): Promise<IncomingResponse> {
  const own = idle.pop() ?? session.fromPartition(`network-changes-${++made}`, { cache: false })
  try {
    await own.closeAllConnections()
    init.signal?.throwIfAborted()
    const { status, body } = await sendBy(own, url, init)
    return { status, body: whole(body, own) }
  } catch (error) {
    idle.push(own)
    throw error
  }
}

function sendBy(by: Session, url: string, init: RequestInit): Promise<Response> {
  return by.fetch(url, { ...init, credentials: 'omit' })
}

/** The session serves the next change once this answer has arrived: closing its connections earlier would cut the answer off. */
async function* whole(body: Response['body'], own: Session): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body ?? []) yield chunk as Uint8Array
  } finally {
    idle.push(own)
  }
}
