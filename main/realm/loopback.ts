import { Agent, type IncomingMessage, request } from 'node:http'
import type { Reach } from './exchange.ts'

/** Connections left idle are closed before most servers do it, so that a call does not start on one that is just going. */
const agent = new Agent({ keepAlive: true, timeout: 4_000 })

/**
 * Reaches a server on this computer by Node's own HTTP. Chromium's stack is for what it alone has, the system's certificates
 * and proxies; neither has a say between a program and its neighbour, and a call through it takes several times as long.
 */
export const loopback: Reach = async (url, { method = 'GET', headers, body, signal }) => {
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

/** @param url as `parseServer` gives it: plain http goes to this computer only, by its rule */
export function isLoopback(url: string): boolean {
  return url.startsWith('http://')
}
