import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serve } from './served.ts'

const path = '/api/client/v2.0/app/app-1/auth/providers/anon-user/login'
const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`

/** Writes, and returns the answer when the server has closed the connection or sent a whole head. */
function exchange(url: string, ...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = open(url)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (text.includes('\r\n\r\n')) resolve(text)
    })
    socket.on('close', () => resolve(text))
    for (const part of parts) socket.write(part)
  })
}

function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // The server may close a hostile connection at any point, which is one of the correct answers.
  socket.on('error', () => socket.destroy())
  onTestFinished(() => void socket.destroy())
  return socket
}

function status(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
}

describe('raw sockets', () => {
  // Regression: passwords were hashed for clients that had disconnected, while the others waited for their turn.
  test('no password is checked for clients that disconnected while they were queued', async () => {
    const { url, said } = await serve()
    const body = JSON.stringify({ username: 'nobody@example.test', password: 'wrong one' })
    const login = `${head.replace('anon-user', 'local-userpass')}Content-Length: ${body.length}\r\n\r\n${body}`
    const sockets = Array.from({ length: 9 }, () => open(url))
    for (const socket of sockets) socket.write(login)
    await Promise.race(sockets.map((socket) => new Promise((resolve) => socket.once('data', resolve))))
    for (const socket of sockets) socket.destroy()
    const statuses = (): string[] => [...said.stderr.matchAll(/login (\d{3}) /g)].map(([, code]) => code ?? '')
    await expect.poll(() => statuses().length, { timeout: 60_000 }).toBe(9)
    expect(statuses().filter((code) => code === '429').length).toBeGreaterThan(2)
  })

  test('what is not HTTP, too large or too deep is answered with 4xx, and the server goes on', async () => {
    const { url } = await serve()
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const hostile: [string, ...(string | Buffer)[]][] = [
      ['no HTTP', 'hello\r\n\r\n'],
      ['TLS', Buffer.from('16030100c8010000c40303', 'hex'), '\r\n\r\n'],
      ['no host', `GET / HTTP/1.1\r\n\r\n`],
      ['bad host', `GET / HTTP/1.1\r\nHost: a b"<>\r\n\r\n`],
      ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `],
      ['length and chunks', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
      ['huge header', `${head}X: ${'x'.repeat(100_000)}\r\n\r\n`],
      ['huge length', `${head}Content-Length: 99999999999\r\n\r\n{`],
      ['huge chunks', `${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk, chunk],
      ['bad chunk', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
      ['deep', `${head}Content-Length: 60000\r\n\r\n${'['.repeat(60_000)}`],
      ['bad path', `GET /%zz/%00/\u00ff HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['absolute path', `GET http://elsewhere.test/x HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['asterisk', `OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['upgrade', `GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ]
    for (const [name, ...parts] of hostile) {
      const answer = await exchange(url, ...parts)
      expect([name, Math.floor(status(answer) / 100)]).toEqual([name, 4])
    }
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200)
  })

  test('300 clients that stall in head or body delay nobody, and are disconnected with 408', async () => {
    const { url, child } = await serve()
    const stalled = Array.from({ length: 300 }, (_, index) => {
      const socket = open(url)
      socket.write(index % 2 === 0 ? `${head}Content-Length: 1000\r\n\r\n{"a":` : head)
      return socket
    })
    const headCut = new Promise<string>((resolve) => stalled[1]?.once('data', (text) => resolve(text.toString('latin1'))))
    const bodyCut = new Promise<string>((resolve) => stalled[0]?.once('data', (text) => resolve(text.toString('latin1'))))
    for (let index = 0; index < 10; index += 1) {
      const login = await fetch(`${url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
      expect(login.status).toBe(200)
    }
    expect(status(await headCut)).toBe(408)
    expect(status(await bodyCut)).toBe(408)
    expect(child.exitCode).toBeNull()
  })

  test('clients that disconnect in the middle leave nothing behind', async () => {
    const { url, said, child } = await serve()
    for (let index = 0; index < 50; index += 1) {
      const socket = open(url)
      await new Promise<void>((resolve) => socket.write(`${head}Content-Length: 1000\r\n\r\n{"a":`, () => resolve()))
      if (index % 2 === 0) socket.resetAndDestroy()
      else socket.end()
    }
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200)
    expect(child.exitCode).toBeNull()
    expect(said.stderr).not.toMatch(/ 5\d\d \d+ms|request failed/)
  })
})
