import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Backend } from '../backend.ts'
import { BackendFailure } from '../failure.ts'
import { answerRefusal } from '../http/answer.ts'
import { Refusal } from '../refusal.ts'

export interface Listener {
  /** `http://host:port`, with the actual port. */
  readonly url: string
  /** Stops listening, gives running requests up to a second to finish, then closes their connections. */
  close(): Promise<void>
}

/**
 * Makes a backend listen on a port.
 * @throws BackendFailure `port-unusable`
 */
export async function listen(
  backend: Backend,
  { port, host, behindProxy }: { port: number; host: string; behindProxy: boolean },
): Promise<Listener> {
  const answer = getRequestListener(
    async (request, { incoming }) => backend.fetch(request, { address: clientAddress(incoming as IncomingMessage, behindProxy) }),
    { overrideGlobalObjects: false, errorHandler: () => answerRefusal(new Refusal('body-invalid')) },
  )
  const server = createServer(
    {
      // Slow or stalled clients are disconnected: headers after 10 s, the whole request after 20 s.
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 1000,
      // Longer than clients keep an idle connection. The SDK reports a connection that the server closed as "socket hang up".
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    (incoming, outgoing) => void answer(incoming, outgoing),
  )
  server.timeout = 120_000
  server.on('clientError', refuseConnection)
  await started(server, port, host)
  const { port: taken, address, family } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    close: () => stopped(server),
  }
}

/** Answers what is not HTTP, too slow or too long as far as possible, and closes its connection. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): void {
  if (!socket.writable || socket._httpMessage?.headersSent === true) {
    socket.destroy()
    return
  }
  const [status, text] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'the request took too long to arrive']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'the headers are larger than this server reads']
        : ['400 Bad Request', 'the request is not HTTP']
  const body = JSON.stringify({ error: text, error_code: 'BadRequest' })
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy())
}

function clientAddress(incoming: IncomingMessage, behindProxy: boolean): string {
  const forwarded = incoming.headers['x-forwarded-for']
  // The last entry was added by the proxy; the client can forge those before it.
  const last = behindProxy && forwarded !== undefined ? String(forwarded).split(',').at(-1)?.trim() : undefined
  return last === undefined || last === '' ? (incoming.socket.remoteAddress ?? '') : last.slice(0, 64)
}

function started(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'unknown'
      reject(new BackendFailure('port-unusable', `port ${port} of ${host} cannot be listened on (${code})`, { cause: error }))
    })
    server.listen(port, host, resolve)
  })
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 1000)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
