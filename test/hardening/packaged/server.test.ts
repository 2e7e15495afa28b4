import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSigned } from '../../e2e/support/server/tls-front.ts'
import { definedEnvironment } from '../../e2e/support/app/desktop.ts'
import type {} from '../../e2e/support/pages/small-windows.ts'
import { Subject } from '../subject.ts'
import { sharedFolder } from '../../temporary-folder.ts'
import { until } from '../../until.ts'

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

/**
 * A server with a self-signed certificate, and environment variables that try to make it trusted, or to have the TLS keys written to a
 * file.
 */
describe('an impostor of a server', { timeout: 30_000 }, () => {
  let server: Server
  let subject: Subject
  let asked = 0
  const folder = sharedFolder('tls-keys-')
  const keyLog = join(folder, 'keys.log')
  const trusted = join(folder, 'trusted.pem')

  beforeAll(async () => {
    const { certificate, key } = selfSigned(['127.0.0.1', ...(elsewhere === undefined ? [] : [elsewhere])])
    writeFileSync(trusted, certificate)
    server = createServer({ cert: certificate, key }, (_request, response) => {
      asked += 1
      response.end('{}')
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((listening) => server.listen(0, listening))
    subject = await Subject.withVault({ SSLKEYLOGFILE: keyLog, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: trusted })
  })
  afterAll(async () => {
    await subject.end()
    server.close()
  })

  it.each(['127.0.0.1', elsewhere ?? 'localhost'])(
    'gets no request, whatever the environment says of its certificate: https at %s [32, 41]',
    async (address) => {
      const { port } = server.address() as AddressInfo
      const answered = subject.page((url) => {
        return window.latchkey.calls['accounts.signIn']({
          server: { url, appId: 'app' },
          credentials: { method: 'email', email: 'a@example.com', password: 'canary' },
        })
      }, `https://${address}:${port}`)
      await confirmServer(answered)
      const answer = await answered
      expect(answer).toMatchObject({ ok: false, code: expect.stringMatching(/^server-(untrusted|unreachable)$/) as string })
      expect(asked).toBe(0)
    },
  )

  it('gets no request over plain http, except on this computer [32]', async () => {
    const answer = await subject.page(() => {
      return window.latchkey.calls['accounts.signIn']({
        server: { url: 'http://keys.example', appId: 'app' },
        credentials: { method: 'email', email: 'a@example.com', password: 'canary' },
      })
    }, null)
    expect(answer.ok).toBe(false)
  })

  /**
   * Confirms in the prompt until the call is answered, because the prompt ignores the first half second. It waits for no event of the
   * prompt's window, which closes when the call is answered.
   */
  async function confirmServer(answered: Promise<unknown>): Promise<void> {
    const sayYes = (): void => {
      const { calls } = window.latchkeyPrompt
      void calls['prompt.current'](null).then((current) => {
        if (!current.ok || current.value.prompt === null) return null
        return calls['prompt.answer']({ id: current.value.prompt.id, answer: 'send' })
      })
    }
    const isAnswered = answered.then(() => true)
    await until(async () => {
      await subject.page(sayYes, null, 'prompt').catch(() => undefined) // not open yet, or closed
      return Promise.race([isAnswered, new Promise<false>((later) => setTimeout(() => later(false), 100))])
    })
  }

  it('gets requests of a program that obeys the variables, so there is an attack to withstand', async () => {
    const { port } = server.address() as AddressInfo
    const ask = `require('node:https').get('https://127.0.0.1:${port}', ({ statusCode }) => console.log(statusCode))`
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', ask], {
      env: { ...definedEnvironment(), NODE_EXTRA_CA_CERTS: trusted },
    })
    expect([stdout.trim(), asked]).toEqual(['200', 1])
  })

  it('gets no TLS keys written to a file [32, 41]', () => {
    expect(existsSync(keyLog)).toBe(false)
  })
})
