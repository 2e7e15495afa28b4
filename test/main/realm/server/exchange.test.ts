import { createServer, request } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exchange, type SendRequest } from '../../../../main/realm/server/exchange.ts'
import { selfSigned } from '../../../e2e/support/server/tls-front.ts'
import { json, ScriptedServer } from '../fixtures/scripted-server.ts'
import { expectRefusal } from '../fixtures/session.ts'

const limits = { deadline: 10_000, size: 1000 }
const url = 'https://server.test/'

/** Node's stack has the reason in the cause, Chromium's in the message. */
const failing =
  (error: Error): SendRequest =>
  () =>
    Promise.reject(error)
const node = (code: string): [string, Error] => [
  code,
  new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code }) }),
]
const chromium = (code: string): [string, Error] => [`net::ERR_${code}`, new Error(`net::ERR_${code}`)]
const saying = (message: string, cause?: Error): [string, Error] => [message, new TypeError(message, { cause })]

function bodyOf(...chunks: (Uint8Array | 'never')[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk === 'never') return new Promise<void>(() => undefined)
      if (chunk === undefined) return controller.close()
      controller.enqueue(chunk)
      return undefined
    },
  })
}

/** A server that receives its request completely, and answers with a TLS record that cannot be decrypted. */
async function damagedTls(): Promise<{ reach: SendRequest; url: string; received: string[] }> {
  const { certificate, key } = selfSigned(['127.0.0.1'])
  const received: string[] = []
  const connections: Socket[] = []
  const server = createServer({ cert: certificate, key }, ({ method = '' }) => {
    received.push(method)
    for (const connection of connections) connection.write(Buffer.concat([Buffer.from('1703030020', 'hex'), Buffer.alloc(32, 0xa5)]))
  })
  server.on('connection', (connection: Socket) => connections.push(connection))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const reach: SendRequest = (url, { method = 'GET', body }) =>
    new Promise((_, reject) => {
      request(url, { method, ca: certificate }).once('error', reject).end(String(body))
    })
  return { reach, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, received }
}

describe('an exchange', () => {
  it('returns status and body, whatever the status is', async () => {
    expect(await exchange(async () => new Response('said', { status: 418 }), url, {}, limits)).toEqual({
      status: 418,
      body: 'said',
    })
    expect(await exchange(async () => new Response(null, { status: 204 }), url, {}, limits)).toEqual({
      status: 204,
      body: '',
    })
  })

  it('decodes characters that are split across chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (said, size) => {
        const bytes = Buffer.from(said)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
        const { body } = await exchange(async () => new Response(bodyOf(...chunks)), url, {}, limits)
        expect(body).toBe(said)
      }),
    )
  })

  it('reads up to the size limit, and refuses one byte more', async () => {
    const ofSize =
      (size: number): SendRequest =>
      async () =>
        new Response(bodyOf(Buffer.alloc(size - 1), Buffer.alloc(1)))
    expect((await exchange(ofSize(1000), url, {}, limits)).body).toHaveLength(1000)
    await expectRefusal(exchange(ofSize(1001), url, {}, limits), 'answer-too-large', true)
  })

  it('stops at the deadline even if the request ignores the signal', async () => {
    const short = { ...limits, deadline: 30 }
    await expectRefusal(
      exchange(() => new Promise(() => undefined), url, {}, short),
      'server-timeout',
      true,
    )
    await expectRefusal(
      exchange(async () => new Response(bodyOf(Buffer.from('['), 'never')), url, {}, short),
      'server-timeout',
      true,
    )
  })

  it('aborts a request that it no longer waits for', async () => {
    const signals: AbortSignal[] = []
    const noting: SendRequest = async (_, init) => {
      if (init.signal) signals.push(init.signal)
      return new Response(Buffer.alloc(2000))
    }
    await expectRefusal(exchange(noting, url, {}, limits), 'answer-too-large', true)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('forbids redirects', async () => {
    const asked: RequestInit[] = []
    await exchange(async (_, init) => (asked.push(init), new Response('')), url, { method: 'PUT' }, limits)
    expect(asked).toMatchObject([{ method: 'PUT', redirect: 'error' }])
  })
})

describe('a network failure', () => {
  it.each([
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].map(node),
    ...['CONNECTION_REFUSED', 'NAME_NOT_RESOLVED', 'PROXY_CONNECTION_FAILED'].map(chromium),
  ])('before anything was sent is `server-unreachable`, and nothing happened: %s', async (_, error) => {
    await expectRefusal(exchange(failing(error), url, {}, limits), 'server-unreachable', false)
  })

  it.each([
    ...['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].map(node),
    ...['CONNECTION_RESET', 'CONNECTION_CLOSED', 'EMPTY_RESPONSE', 'NETWORK_CHANGED'].map(chromium),
    saying('terminated'),
    saying('what nobody has seen before'),
  ])('during the exchange is `server-unreachable`, and the request may have been executed: %s', async (_, error) => {
    await expectRefusal(exchange(failing(error), url, {}, limits), 'server-unreachable', true)
  })

  // A lost network used to be treated as one that was never there, but it also ends connections that have carried a request.
  it.each([
    ...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'].map((code): [string, Error] => [
      `read ${code}`,
      new TypeError('fetch failed', { cause: Object.assign(new Error(`read ${code}`), { code }) }),
    ]),
    ...['INTERNET_DISCONNECTED', 'ADDRESS_UNREACHABLE'].map(chromium),
  ])('of an established connection may have come after the request: %s', async (_, error) => {
    await expectRefusal(exchange(failing(error), url, {}, limits), 'server-unreachable', true)
  })

  it.each([
    ...[
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ].map(node),
    ...['CERT_AUTHORITY_INVALID', 'CERT_COMMON_NAME_INVALID', 'CERT_DATE_INVALID'].map(chromium),
  ])('of the certificate is `server-untrusted`, and nothing was sent: %s', async (_, error) => {
    await expectRefusal(exchange(failing(error), url, {}, limits), 'server-untrusted', false)
  })

  // These used to be treated as refusals before anything was sent, so that a creation that the server had executed was given up.
  it.each([
    ...['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'EPROTO'].map(node),
    ...['SSL_PROTOCOL_ERROR', 'SSL_BAD_RECORD_MAC_ALERT', 'SSL_DECRYPT_ERROR_ALERT', 'BAD_SSL_CLIENT_AUTH_CERT'].map(chromium),
  ])('of TLS for another reason may have come after the request: %s', async (_, error) => {
    await expectRefusal(exchange(failing(error), url, {}, limits), 'server-untrusted', true)
  })

  it.each([saying('fetch failed', new Error('unexpected redirect')), saying("Attempted to redirect, but redirect policy was 'error'")])(
    'by a redirect is `server-redirected`: %s',
    async (_, error) => {
      await expectRefusal(exchange(failing(error), url, {}, limits), 'server-redirected', true)
    },
  )

  it('that throws something other than an Error is a refusal too', async () => {
    await expectRefusal(
      exchange(() => Promise.reject('text'), url, {}, limits),
      'server-unreachable',
      true,
    )
  })
})

describe('over real sockets', () => {
  it('a port without a server is `server-unreachable`, and nothing happened', async () => {
    const server = await ScriptedServer.start()
    const { url } = server
    await server.stop()
    await expectRefusal(exchange(fetch, url, {}, limits), 'server-unreachable', false)
  })

  it('https to a server without TLS is `server-untrusted`', async () => {
    const { url } = await ScriptedServer.start()
    await expectRefusal(exchange(fetch, url.replace('http:', 'https:'), {}, limits), 'server-untrusted', true)
  })

  it('a damaged TLS record after the request may have been preceded by its execution', async () => {
    const { reach, url, received } = await damagedTls()
    await expectRefusal(exchange(reach, url, { method: 'POST', body: 'x' }, limits), 'server-untrusted', true)
    expect(received).toEqual(['POST'])
  })

  it('a compressed answer that decompresses beyond the limit is too large', async () => {
    const server = await ScriptedServer.start()
    const packed = gzipSync(Buffer.alloc(100_000))
    expect(packed.length).toBeLessThan(limits.size)
    server.on('GET /', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
    await expectRefusal(exchange(fetch, server.url, {}, limits), 'answer-too-large', true)
  })

  it('a redirect loop is `server-redirected`', async () => {
    const server = await ScriptedServer.start()
    server.on('GET /', (_, response) => response.writeHead(302, { location: '/' }).end())
    await expectRefusal(exchange(fetch, `${server.url}/`, {}, limits), 'server-redirected', true)
    expect(server.received).toHaveLength(1)
  })

  it('an answer arrives', async () => {
    const server = await ScriptedServer.start()
    server.on('GET /', json(200, 'here'))
    expect(await exchange(fetch, server.url, {}, limits)).toEqual({ status: 200, body: '"here"' })
  })
})
