import { Agent, type IncomingMessage, request } from 'node:http'
import { isLoopback } from '../../../shared/loopback.ts'
import type { SendRequest } from './exchange.ts'

/** Idle connections are closed earlier than most servers do, so that no request starts on a connection that is being closed. */
const agent = new Agent({ keepAlive: true, timeout: 4_000 })

/**
 * Sends a request to a server on this computer through Node's HTTP. Chromium's stack has the system's certificates and proxies, which do
 * not matter on one computer, and takes several times as long.
 */
export const loopback: SendRequest = async (url, { method = 'GET', headers, body, signal }) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, {
      agent,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal ? { signal } : {}),
    })
    outgoing.once('response', resolve)
    outgoing.once('error', reject)
    outgoing.end(typeof body === 'string' ? body : undefined)
  })
  const { statusCode: status = 0 } = answer
  if (status >= 300 && status < 400) throw new Error('unexpected redirect')
  return { status, body: answer }
}

/** Whether `loopback` can be used for a server: one on this computer with plain http. TLS needs the system's certificates. */
export function isReachedByLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && isLoopback(hostname)
}
