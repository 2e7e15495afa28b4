import { describe, expect, it } from 'vitest'
import { encodeFrame, frameCap } from '../../../../clients/shared/protocol/frames.ts'
import { type Sealed, messageCap } from '../../../../clients/shared/secure-session/channel.ts'
import { faultOf, flipped, paired, sent, session } from './parties.ts'

const opened = async (): Promise<Awaited<ReturnType<typeof session>>> => session(await paired())

describe('an encrypted session', () => {
  it('keeps the order of messages, whatever their length', async () => {
    const { extension, app } = await opened()
    const frames: Sealed[] = []
    const messages = [40_000, 1, 20_000, 2, 3].map((length, at) => ({ at, text: 'x'.repeat(length) }))
    await Promise.all(messages.map((message) => extension.send(message, (frame) => frames.push(frame))))
    expect(await Promise.all(frames.map((frame) => app.open(frame)))).toEqual(messages)
  })

  it('reveals nothing of a message', async () => {
    const { app } = await opened()
    const frame = await sent(app, { value: 'canary-canary' })
    expect(Buffer.from(frame.data, 'base64url').toString('latin1')).not.toContain('canary')
  })

  it('accepts messages up to its cap, which fits a frame, and refuses a longer one without ending the session', async () => {
    const { extension, app } = await opened()
    const longest = 'x'.repeat(messageCap - 2) // and two quotes
    const frame = await sent(app, longest)
    expect(encodeFrame(frame).length).toBeLessThanOrEqual(4 + frameCap)
    expect(await extension.open(frame)).toBe(longest)
    expect(await faultOf(app.send(`${longest}x`, () => expect.unreachable()))).toBe('too-large')
    expect(await extension.open(await sent(app, 'next'))).toBe('next')
  })
})

describe('an encrypted session ends for good at', () => {
  /** Asserts that the attack is refused, and the next honest message too. */
  async function refusedFor(reason: string, attack: (it: Awaited<ReturnType<typeof opened>>) => Promise<unknown>): Promise<void> {
    const it = await opened()
    const honest = [await sent(it.extension, 'first'), await sent(it.extension, 'second'), await sent(it.extension, 'third')]
    expect(await it.app.open(honest[0])).toBe('first')
    expect(await faultOf(attack(it))).toBe(reason)
    for (const frame of honest) expect(await faultOf(it.app.open(frame))).toBe('ended')
    expect(await faultOf(it.app.send('more', () => expect.unreachable()))).toBe('ended')
  }

  it('a replay', async () => {
    const it = await opened()
    const frame = await sent(it.extension, 'once')
    expect(await it.app.open(frame)).toBe('once')
    expect(await faultOf(it.app.open(frame))).toBe('not-opened')
    expect(await faultOf(it.app.open(await sent(it.extension, 'next')))).toBe('ended')
  })

  it('a replay of the first message’s proof', async () => {
    await refusedFor('not-opened', ({ app, said }) => app.open({ kind: 'sealed', data: said.join.proof }))
  })

  it('a reordered message', async () => {
    const { extension, app } = await opened()
    const [first, second] = [await sent(extension, 1), await sent(extension, 2)]
    expect(await faultOf(app.open(second))).toBe('not-opened')
    expect(await faultOf(app.open(first))).toBe('ended')
  })

  it('a dropped message', async () => {
    const { extension, app } = await opened()
    await sent(extension, 'dropped')
    expect(await faultOf(app.open(await sent(extension, 'next')))).toBe('not-opened')
  })

  it('a message reflected to its sender', async () => {
    await refusedFor('not-opened', async ({ app }) => app.open(await sent(app, 'mine')))
  })

  it('a message of another session of the same pairing', async () => {
    const sides = await paired()
    const [one, other] = [await session(sides), await session(sides)]
    expect(await faultOf(one.app.open(await sent(other.extension, 'there')))).toBe('not-opened')
  })

  it.each([0, 8, -16, -1])('a bit flipped at byte %i', async (at) => {
    const { extension, app } = await opened()
    const frame = await sent(extension, { long: 'enough' })
    expect(await faultOf(app.open({ ...frame, data: flipped(frame.data, at) }))).toBe('not-opened')
  })

  it('a truncated or extended message', async () => {
    for (const change of [(data: string) => data.slice(0, -4), (data: string) => `${data}AAAA`, () => '', () => 'AAAA']) {
      const { extension, app } = await opened()
      const frame = await sent(extension, { whole: true })
      expect(await faultOf(app.open({ ...frame, data: change(frame.data) }))).toBe('not-opened')
    }
  })

  it.each([
    ['null', null],
    ['a string', 'sealed'],
    ['a message in clear', { id: 1, call: 'offers', input: {} }],
    ['a frame of another kind', { kind: 'command', data: 'AAAA' }],
    ['a frame without data', { kind: 'sealed' }],
    ['data that is not a string', { kind: 'sealed', data: 7 }],
    ['data that is not base64url', { kind: 'sealed', data: 'AA=A' }],
    ['a second spelling of the same bytes', { kind: 'sealed', data: 'AB' }],
    ['an additional field', { kind: 'sealed', data: 'AAAA', more: 1 }],
    ['more than a frame holds', { kind: 'sealed', data: 'A'.repeat(frameCap + 4) }],
  ])('%s', async (_what, frame) => {
    await refusedFor('malformed', ({ app }) => app.open(frame))
  })

  it('its end, including running operations', async () => {
    const { extension, app } = await opened()
    const frame = await sent(extension, 'late')
    const [opening, sending] = [faultOf(app.open(frame)), faultOf(app.send('late', () => expect.unreachable()))]
    app.end()
    expect(await opening).toBe('ended')
    expect(await sending).toBe('ended')
  })
})
