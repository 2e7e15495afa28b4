import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createKey, type Desktop, newProfile, quitAndDiscard, rowOf, startDesktop } from '../support/app/desktop.ts'
import { type Elsewhere, elsewhere } from '../support/server/elsewhere.ts'
import { type Served, serve } from '../support/server/served-backend.ts'
import { register } from '../support/server/server-account.ts'
import { putTlsBefore, type TlsFront } from '../support/server/tls-front.ts'
import { sharedFolder } from '../../temporary-folder.ts'

const person = { email: 'dev@example.com', password: 'correct horse' }
const create = 'POST /auth/api_keys'

/** A served backend behind TLS, reached through the network stack of a real Electron. */
describe('a server that carries a change out and closes the connection instead of answering', () => {
  let server: Served
  let front: TlsFront
  let desktop: Desktop
  let team: Elsewhere
  let accountId = ''
  const data = sharedFolder('latchkey-served-')

  beforeAll(async () => {
    server = await serve(data)
    front = await putTlsBefore(server.url)
    desktop = await startDesktop(newProfile(), {}, front.switches)
    await register(desktop, front.url, person)
    team = await elsewhere(server.url, person)
    await createKey(desktop.page, 'first')
    accountId = await desktop.page.evaluate(async () => {
      const state = await window.latchkey.calls['app.state'](null)
      return state.ok ? (state.value.current ?? '') : ''
    })
  })
  afterEach(() => void (front.cut = null))
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await front.stop()
    await server.stop()
  })

  // Regression: Chromium repeated the creation by itself. The second answer was that the name is taken, and the first one's value was lost
  // silently.
  it('gets a creation once, on a new connection, and the key is shown as lost', async () => {
    const before = front.arrived.length
    front.cut = create
    const answer = await desktop.page.evaluate(
      (account) => window.latchkey.calls['keys.create']({ accountId: account, name: 'ci-deploy' }),
      accountId,
    )
    expect(answer).toEqual({ ok: false, code: 'value-lost' })
    const creations = front.arrived.slice(before).filter(({ what }) => what === create)
    expect(creations).toMatchObject([{ reused: false }])
    expect((await team.keys()).map(({ name }) => name)).toEqual(['first', 'ci-deploy'])
    await rowOf(desktop.page, 'ci-deploy').getByText('Never arrived').waitFor()
  })

  it('gets every change once', async () => {
    const [key] = await team.keys()
    for (const [call, change] of [
      ['keys.disable', 'disable'],
      ['keys.enable', 'enable'],
    ] as const) {
      const before = front.arrived.length
      front.cut = `PUT /auth/api_keys/${key?._id}/${change}`
      await desktop.page.evaluate(([name, account, id]) => window.latchkey.calls[name]({ accountId: account, id }), [
        call,
        accountId,
        key?._id ?? '',
      ] as const)
      expect(front.arrived.slice(before).filter(({ what }) => what === front.cut)).toHaveLength(1)
      front.cut = null
      await desktop.page.evaluate(() => window.latchkey.calls['keys.sync'](null))
    }
  })

  it('gets reads on a kept connection, and concurrent changes on connections of their own', async () => {
    const before = front.arrived.length
    for (let read = 0; read < 3; read++) await desktop.page.evaluate(() => window.latchkey.calls['keys.sync'](null))
    const reads = front.arrived.slice(before)
    expect(reads.every(({ what }) => what === 'GET /auth/api_keys')).toBe(true)
    expect(reads.some(({ reused }) => reused)).toBe(true)
    await createKey(desktop.page, 'next')
    expect(front.arrived.filter(({ what, reused }) => !what.startsWith('GET ') && reused)).toEqual([])
  })

  // Chromium repeats a change over HTTP/3 if QUIC fails after it was carried out, on any connection.
  it('gets no request over HTTP/3, although each answer offers it', async () => {
    for (const name of ['third', 'fourth', 'fifth']) await createKey(desktop.page, name)
    expect(front.packets()).toBe(0)
  })
})
