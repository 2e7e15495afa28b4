import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'
import { Line as Socket } from '../fixtures/line.ts'
import { startAgent } from '../fixtures/running.ts'
import { Browsing, type Line, place } from './browsing.ts'
import { codeRefused } from './refused.ts'

/** Says that somebody else is at the other end from the opening's step on. */
function replacedAt(step: string, app: Browsing, line: Line): void {
  line.wire.changeToApp = (message) => {
    app.replaced = (message as { step?: string }).step === step
    return [message]
  }
}

// Who was at the other end was looked at when it connected, and never again: what took its place was answered as the browser.
describe('after the process at the other end of a browser’s connection was replaced', () => {
  let app: Browsing
  beforeEach(async () => {
    app = await Browsing.begin()
    app.allowSite()
  })
  const pairings = (): number => app.fixture.opened.cache.pairings().length

  it('no code is shown', async () => {
    const line = app.connect()
    replacedAt('reveal', app, line)
    expect(await codeRefused(line.extension.pair())).toBe('request-invalid')
    await line.settled()
    expect([line.ended(), app.person.codes]).toEqual(['request-invalid', []])
  })

  it('no pairing is kept that a person has confirmed meanwhile', async () => {
    const { gate, comparison } = await app.halfPaired()
    app.replaced = true
    gate.open()
    expect(await codeRefused(comparison.done)).toBe('request-invalid')
    expect(pairings()).toBe(0)
  })

  it('no session is opened, and the one before goes on', async () => {
    const keys = await app.paired()
    const [before, line] = [await app.session(keys), app.connect()]
    replacedAt('join', app, line)
    await line.extension.open(keys)
    await line.settled()
    expect([line.ended(), before.ended()]).toEqual(['request-invalid', null])
  })

  describe('in a session', () => {
    let keys: PairingKeys
    let line: Line
    beforeEach(async () => {
      keys = await app.paired()
      line = await app.session(keys)
    })

    it.each(['offers', 'learn'] as const)('nothing is told, and nobody is asked, by %s', async (call) => {
      app.replaced = true
      expect(await codeRefused(line.extension.call(call, { place }))).toBe('request-invalid')
      expect([line.ended(), app.person.asked]).toEqual(['request-invalid', []])
    })

    it('nobody is asked for a value', async () => {
      const { keys: offered } = await line.extension.call('offers', { place })
      app.replaced = true
      expect(await codeRefused(line.extension.call('fill', { place, ref: offered[0]?.ref ?? '' }))).toBe('request-invalid')
      expect([line.ended(), app.fixture.approver.asked]).toEqual(['request-invalid', []])
    })

    it('a value that a person has allowed meanwhile does not go out', async () => {
      const { gate, filling: filled } = await app.askedToFill(line)
      const said = line.wire.toExtension.length
      app.replaced = true
      gate.open()
      expect(await codeRefused(filled)).toBe('request-invalid')
      expect([line.wire.toExtension.length, line.ended()]).toEqual([said, 'request-invalid'])
    })
  })
})

it.runIf(process.platform === 'linux')('the agent has a browser’s connection looked at by what the system says of it then', async () => {
  const running = await startAgent()
  const folder = process.cwd()
  onTestFinished(() => {
    process.chdir(folder)
    running.stop()
  })
  const line = new Socket(running.path)
  line.say({ kind: 'browser', version: 2 })
  await line.next()
  process.chdir('/')
  line.say('from elsewhere')
  expect(await line.rest()).toEqual([{ code: 'request-invalid' }])
  expect(running.browsers).toMatchObject([{ heard: [{ kind: 'browser' }], ended: true }])
})
