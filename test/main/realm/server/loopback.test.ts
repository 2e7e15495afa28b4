import type { Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exchange } from '../../../../main/realm/server/exchange.ts'
import { isReachedByLoopback, loopback } from '../../../../main/realm/server/loopback.ts'

const limits = { deadline: 2000, size: 1000 }

describe('a server on this computer, reached by Node’s HTTP', () => {
  let server: Server
  let url: string
  let sockets: Set<unknown>
  let answer: (response: ServerResponse, body: string) => void

  beforeEach(async () => {
    sockets = new Set()
    server = createServer((request, response) => {
      sockets.add(request.socket)
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => answer(response, `${request.method} ${request.headers['x-own']} ${body}`))
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const ask = (init: RequestInit = {}, within = limits) => exchange(loopback, url, init, within)

  it('receives method, headers and body, and its answer arrives completely', async () => {
    answer = (response, body) => response.writeHead(201).end(body)
    const asked = ask({ method: 'POST', headers: { 'X-Own': 'header' }, body: '{"a":"ü"}' })
    expect(await asked).toEqual({ status: 201, body: 'POST header {"a":"ü"}' })
  })

  it('is called over one connection', async () => {
    answer = (response) => response.writeHead(204).end()
    for (let call = 0; call < 5; call += 1) expect(await ask()).toEqual({ status: 204, body: '' })
    expect(sockets.size).toBe(1)
  })

  it('does not redirect', async () => {
    for (const status of [301, 302, 307, 308]) {
      answer = (response) => response.writeHead(status, { location: url }).end()
      await expect(ask()).rejects.toMatchObject({ code: 'server-redirected', mayHaveHappened: true })
    }
  })

  it('that breaks off, stalls or does not end has the right refusal', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('part')
      setImmediate(() => response.destroy())
    }
    await expect(ask()).rejects.toMatchObject({ code: 'server-unreachable', mayHaveHappened: true })
    answer = (response) => response.writeHead(200).write('part')
    await expect(ask({}, { ...limits, deadline: 100 })).rejects.toMatchObject({ code: 'server-timeout', mayHaveHappened: true })
    answer = (response) => response.writeHead(200).end('x'.repeat(1001))
    await expect(ask()).rejects.toMatchObject({ code: 'answer-too-large', mayHaveHappened: true })
  })

  it('that is not running was certainly not contacted', async () => {
    server.close()
    await expect(ask()).rejects.toMatchObject({ code: 'server-unreachable', mayHaveHappened: false })
  })
})

describe('the choice of the HTTP stack', () => {
  it('is Node’s for plain http, which is for this computer only, and Chromium’s for https', () => {
    const reached = ['http://127.0.0.1:80/x', 'http://[::1]/', 'https://127.0.0.1/x', 'http://127.0.0.1.example.com/', 'http://10.0.0.1/']
    expect(reached.map(isReachedByLoopback)).toEqual([true, true, false, false, false])
  })
})
