import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeFrame } from '../../../clients/shared/protocol/frames.ts'
import type { AgentParts } from '../../../main/agent/agent.ts'
import { limits } from '../../../main/agent/socket/limits.ts'
import type { Diagnosis } from '../../../main/vault/keychain/examine-keychain.ts'
import { listGrants } from '../../../main/vault/release/grants.ts'
import { lastReleasesOf } from '../../../main/vault/journal/journal.ts'
import { Gate } from '../vault/fixtures/gate.ts'
import { hello, Line } from './fixtures/line.ts'
import { type Running, startAgent } from './fixtures/running.ts'

let running: Running
beforeEach(async () => {
  running = await startAgent()
})
afterEach(() => {
  running.stop()
  expect(running.faults).toEqual([])
})

const refused = { code: 'request-invalid' }
/** Another agent in place of the one that is there. */
async function instead(more: Partial<AgentParts>): Promise<void> {
  running.stop()
  running = await startAgent(more)
}

const command = (): Line => Line.ofCommand(running.path)

describe('the first message to the agent', () => {
  const wrong: [string, unknown][] = [
    ['of another version', { kind: 'command', version: 2 }],
    ['with more in it', { ...hello, more: 1 }],
    ['of no kind', { kind: 'window', version: 1 }],
    ['that is a request already', { id: 1, call: 'status', input: null }],
    ['that is nothing', null],
    ['that is a list', [hello]],
    ['that is text', 'command'],
  ]
  it.each(wrong)('%s ends the connection with one word', async (_what, message) => {
    const line = new Line(running.path)
    line.say(message)
    line.say({ id: 1, call: 'list', input: null })
    expect(await line.rest()).toEqual([refused])
  })

  it('has to come soon', async () => {
    await instead({ limits: { ...limits, firstMessageMs: 100 } })
    expect(await new Line(running.path).rest()).toEqual([refused])
  })

  it('of a browser goes to the door, with who it is, and everything after it in order', async () => {
    const line = new Line(running.path)
    const said = [{ kind: 'browser', version: 2, step: 'hello' }, { kind: 'sealed', data: 'x' }, 3]
    for (const message of said) line.say(message)
    expect([await line.next(), await line.next(), await line.next()]).toEqual(said.map((heard) => ({ heard })))
    expect(running.browsers).toMatchObject([{ heard: said, peer: { own: { pid: process.pid } } }])
    line.leave()
    await expect.poll(() => running.browsers[0]?.ended).toBe(true)
    running.browsers[0]?.send('too late') // goes nowhere
  })

  it('of a browser that the door refuses ends the connection with the reason', async () => {
    const line = new Line(running.path)
    line.say({ kind: 'browser', refuse: true })
    expect(await line.rest()).toEqual([{ code: 'pairing-refused' }])
    expect(running.browsers[0]?.ended).toBe(true)
  })
})

describe('frames sent to the agent', () => {
  it('may come in pieces of one byte', async () => {
    const line = new Line(running.path)
    line.socket.setNoDelay(true)
    const bytes = Buffer.concat([encodeFrame(hello), encodeFrame({ id: 1, call: 'status', input: null })])
    for (const byte of bytes) await new Promise((sent) => line.socket.write(Buffer.of(byte), sent))
    expect(await line.next()).toMatchObject({ id: 1, ok: true })
    line.leave()
  })

  it.each([
    ['of a length of 1 GiB', Buffer.from([0, 0, 0, 0x40, 1, 2, 3])],
    ['of one byte more than there may be', Buffer.from([1, 0, 1, 0])],
    ['of no bytes', Buffer.alloc(4)],
    ['that is no JSON', Buffer.from('\x02\0\0\0{x')],
    ['that is no UTF-8', Buffer.from([4, 0, 0, 0, 0x22, 0xff, 0xfe, 0x22])],
  ])('%s end the connection with one word, wherever they come', async (_what, bytes) => {
    const first = new Line(running.path)
    first.socket.write(bytes)
    expect(await first.rest()).toEqual([refused])
    const later = command()
    expect(await later.ask('status')).toMatchObject({ ok: true })
    later.socket.write(bytes)
    expect(await later.rest()).toEqual([refused])
  })

  it('that are never whole are nothing, when their sender leaves', async () => {
    const line = command()
    line.socket.end(Buffer.from([200, 0, 0, 0, 0x7b]))
    await line.closed
    const other = command()
    expect(await other.ask('status')).toMatchObject({ ok: true })
    other.leave()
  })
})

describe('the agent’s limits', () => {
  it('are answered in one connection as they come, each by its number', async () => {
    const line = new Line(running.path)
    const requests = Array.from({ length: 100 }, (_, index) => ({ id: index + 1, call: 'list', input: null }))
    line.socket.write(Buffer.concat([hello, ...requests].map(encodeFrame)))
    for (const { id } of requests) expect(await line.next()).toMatchObject({ id, ok: true })
    line.leave()
  })

  it('are eight that wait for a person; the next is heard when one of them is answered', async () => {
    const gate = new Gate()
    running.fixture.approver.answer = () => gate.pass().then(() => 'once')
    const line = new Line(running.path)
    const gets = Array.from({ length: 9 }, (_, index) => ({
      id: index + 1,
      call: 'get',
      input: { reference: { account: null, key: 'ci' } },
    }))
    line.socket.write(Buffer.concat([hello, ...gets].map(encodeFrame)))
    await expect.poll(() => running.fixture.approver.asked.length).toBe(8)
    gate.open()
    for (const { id } of gets) expect(await line.next()).toMatchObject({ id, ok: true })
    expect(running.fixture.approver.asked.length).toBe(9)
    line.leave()
  })

  it('are sixteen connections; another is turned away until one ends', async () => {
    const lines = Array.from({ length: 16 }, command)
    for (const line of lines) expect(await line.ask('status')).toMatchObject({ ok: true })
    expect(await new Line(running.path).rest()).toEqual([{ code: 'approval-busy' }])
    lines[0]?.leave()
    await expect
      .poll(async () => {
        const line = command()
        const answer = await line.ask('status')
        line.leave()
        return answer
      })
      .toMatchObject({ ok: true })
    for (const line of lines) line.leave()
  })

  it('too many a second are turned away, in one connection and over many', async () => {
    const few = { burst: 10, perSecond: 0.001 }
    await instead({ limits: { ...limits, messages: few } })
    const line = command()
    for (let id = 1; id <= 12; id += 1) line.say({ id, call: 'nothing', input: null })
    expect((await line.rest()).at(-1)).toEqual({ code: 'approval-busy' })

    await instead({ limits: { ...limits, arrivals: few } })
    for (let count = 0; count < 10; count += 1) {
      const one = command()
      expect(await one.ask('status')).toMatchObject({ ok: true })
      one.leave()
    }
    expect(await new Line(running.path).rest()).toEqual([{ code: 'approval-busy' }])
  })
})

describe('a client that does not read its answers', () => {
  it('is not heard any further, and is left in the end', async () => {
    let looks = 0
    const keys = Array.from({ length: 500 }, () => ({ name: 'x'.repeat(60), finding: 'item-missing' as const }))
    const examine = (): Promise<Diagnosis> => {
      looks += 1
      return Promise.resolve({ keychain: 'os', provider: null, desktop: 'none', findings: ['item-missing'], keys })
    }
    await instead({ limits: { ...limits, idleMs: 1_000, writeTimeoutMs: 300 }, examine })
    const line = command()
    line.socket.pause()
    for (let id = 1; id <= 120; id += 1) line.say({ id, call: 'doctor', input: null })
    await expect.poll(() => looks).toBeGreaterThan(0)
    const other = command()
    expect(await other.ask('doctor')).toMatchObject({ ok: true })
    expect(await other.rest()).toEqual([refused]) // which takes longer than the agent waits for the first one to read
    expect(looks).toBeLessThan(30)
    line.socket.resume()
    const heard = await line.rest()
    expect(heard.length).toBeLessThan(30)
  })

  it('is left when they do not begin to read', async () => {
    await instead({ limits: { ...limits, writeTimeoutMs: 300 } })
    const line = new Line(running.path)
    line.socket.pause()
    line.say({ kind: 'browser', version: 2 })
    await expect.poll(() => running.browsers.length).toBe(1)
    const browser = running.browsers[0]
    for (let sent = 0; sent < 64; sent += 1) browser?.send('x'.repeat(60_000)) // more than the system holds for them
    await expect.poll(() => browser?.ended).toBe(true)
    line.leave()
  })
})

describe('a connection to the agent', () => {
  it('of a command that asks nothing more ends, and one of a browser lasts', async () => {
    await instead({ limits: { ...limits, idleMs: 300 } })
    const browser = new Line(running.path)
    browser.say({ kind: 'browser', version: 2 })
    await browser.next()
    const line = command()
    expect(await line.rest()).toEqual([refused])
    browser.say('still there')
    expect(await browser.next()).toEqual({ heard: 'still there' })
    browser.leave()
  })

  it('of a command that says a message byte by byte ends all the same', async () => {
    await instead({ limits: { ...limits, idleMs: 300 } })
    const line = command()
    const [first, ...rest] = encodeFrame({ id: 1, call: 'x'.repeat(1_000), input: null })
    line.socket.write(Buffer.of(first ?? 0))
    const drip = setInterval(() => line.socket.write(Buffer.of(rest.shift() ?? 0)), 20)
    expect(await line.rest()).toEqual([refused])
    clearInterval(drip)
    expect(rest.length).toBeGreaterThan(0)
  })

  it('ends on a lock with that word, and a value approved afterwards goes nowhere', async () => {
    const gate = new Gate()
    running.fixture.approver.answer = () => gate.pass().then(() => 'once')
    const line = command()
    const answer = line.ask('get', { reference: { account: null, key: 'ci' } })
    await gate.reached
    running.agent.dropSessions()
    expect(await answer).toEqual({ code: 'locked' })
    gate.open()
    expect(await line.rest()).toEqual([])
    const browser = new Line(running.path)
    browser.say({ kind: 'browser', version: 2 })
    await browser.next()
    running.agent.dropSessions()
    expect(await browser.rest()).toEqual([{ code: 'locked' }])
    expect(running.browsers[0]?.ended).toBe(true)
  })

  it('ends with the agent, and its socket is gone', async () => {
    const line = command()
    expect(await line.ask('status')).toMatchObject({ ok: true })
    running.agent.close()
    await line.closed
    expect(existsSync(running.path)).toBe(false)
  })

  it('whose asker leaves while a person is asked ends quietly, the question is withdrawn, and what is answered all the same goes nowhere', async () => {
    const gate = new Gate()
    running.fixture.approver.answer = () => gate.pass().then(() => 'for-a-while')
    const line = command()
    void line.ask('get', { reference: { account: null, key: 'ci' } })
    await gate.reached
    const [question] = running.fixture.approver.asked
    expect(question?.withdrawn?.aborted).toBe(false)
    line.leave()
    await expect.poll(() => question?.withdrawn?.aborted).toBe(true)
    gate.open()
    expect(lastReleasesOf(running.fixture.opened, running.account.id, running.keyIds.ci, 9)).toEqual([])
    expect(listGrants(running.fixture.opened)).toEqual([])
    const other = command()
    expect(await other.ask('status')).toMatchObject({ ok: true })
    other.leave()
  })
})
