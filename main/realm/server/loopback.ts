import { Agent, type IncomingMessage, request } from 'node:http'
import { isLoopback } from '../../../shared/loopback.ts'
import type { SendRequest } from './exchange.ts'

/** Connections left idle are closed before most servers do it, so that a call does not start on one that is just going. */
const agent = new Agent({ keepAlive: true, timeout: 4_000 })

/**
 * Reaches a server on this computer by Node's own HTTP. Chromium's stack is for what it alone has, the system's certificates
 * and proxies; neither has a say between a program and its neighbour, and a call through it takes several times as long.
 */
export const loopback: SendRequest = async (url, { method = 'GET', headers, body, signal }) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url, {
      agent,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal ? { signal } : {}),
    })
    asked.once('response', resolve)
    asked.once('error', reject)
    asked.end(typeof body === 'string' ? body : undefined)
  })
  const { statusCode: status = 0 } = answer
  if (status >= 300 && status < 400) throw new Error('unexpected redirect')
  return { status, body: answer }
}

/** Whether `loopback` reaches a server: one on this computer by plain http. With TLS it needs the system's certificates. */
export function isReachedByLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && isLoopback(hostname)
}
