import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { type AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSigned } from '../../e2e/tls-front.ts'
import { Subject } from '../subject.ts'

/** A server whose certificate nobody signed, and an environment in which somebody tries to have it trusted, or the keys written down. */
describe('a server in another one’s place', { timeout: 30_000 }, () => {
  let server: Server
  let subject: Subject
  let asked = 0
  const folder = mkdtempSync(join(tmpdir(), 'tls-keys-'))
  const keyLog = join(folder, 'keys.log')

  beforeAll(async () => {
    const { certificate, key } = selfSigned()
    server = createServer({ cert: certificate, key }, (_request, response) => {
      asked += 1
      response.end('{}')
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((listening) => server.listen(0, listening))
    subject = await Subject.withVault({ SSLKEYLOGFILE: keyLog, NODE_TLS_REJECT_UNAUTHORIZED: '0' })
  })
  afterAll(async () => {
    await subject.end()
    server.close()
    rmSync(folder, { recursive: true })
  })

  it.each(['127.0.0.1', Object.values(networkInterfaces()).flat().find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? 'localhost'])(
    'is not spoken to: https at %s [32]',
    async (address) => {
      const { port } = server.address() as AddressInfo
      const answer = await subject.page((url) => {
        return window.latchkey.calls['accounts.signIn']({ server: { url, appId: 'app' }, credentials: { method: 'email', email: 'a@example.com', password: 'canary' } })
      }, `https://${address}:${port}`)
      expect(answer).toMatchObject({ ok: false, code: expect.stringMatching(/^server-/) as string })
      expect(asked).toBe(0)
    },
  )

  it('is not spoken to in clear, elsewhere than on this computer [32]', async () => {
    const answer = await subject.page(() => {
      return window.latchkey.calls['accounts.signIn']({ server: { url: 'http://keys.example', appId: 'app' }, credentials: { method: 'email', email: 'a@example.com', password: 'canary' } })
    }, null)
    expect(answer.ok).toBe(false)
  })

  it('and nobody gets the keys of a connection written down [32, 41]', () => {
    expect(existsSync(keyLog)).toBe(false)
  })
})
