import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { parseServer } from '../../../../main/vault/model/server.ts'
import { ScriptedServer } from '../fixtures/scripted-server.ts'
import { byEmail, newId, place } from '../fixtures/session.ts'

/** A proxy that serves a backend below one path and answers 404 elsewhere. @returns its origin */
async function proxyBelow(path: string, behind: string): Promise<string> {
  const proxy = createServer((asked, answer) => {
    const rest = asked.url?.startsWith(`${path}/`) === true ? asked.url.slice(path.length) : null
    if (rest === null) return void answer.writeHead(404).end()
    const passedOn = request(behind + rest, { method: asked.method, headers: asked.headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers)
      told.pipe(answer)
    })
    asked.pipe(passedOn)
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void proxy.close())
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

// `https://host/latchkey` used to be refused as an address, though proxies commonly give each program a path.
it('a server below a base path accepts a sign-in, and creates and lists keys there', async () => {
  const backend = await ScriptedServer.start()
  const origin = await proxyBelow('/apps/latchkey', backend.url)
  const keys = place().servers.of({ id: newId(), server: parseServer(`${origin}/apps/latchkey/`, 'app-1') })
  expect(await keys.signIn(byEmail)).toEqual({ userId: 'user-1' })
  await keys.create('ci')
  await keys.fetchAll()
  expect(backend.asked).toEqual([
    'POST /app/app-1/auth/providers/local-userpass/login',
    'GET /auth/profile',
    'POST /auth/api_keys',
    'GET /auth/api_keys',
  ])
})
