import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppConnection, AppRefusal } from '../../../../clients/shared/secure-session/app-connection.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'
import { paired } from './parties.ts'

/** An extension's end, with an app that sends what the test says. `spoken`: its first message was sent. */
function connection(): { extension: AppConnection; said: unknown[]; spoken: Promise<void>; closed: () => boolean } {
  const said: unknown[] = []
  let isClosed = false
  let speak = (): void => {}
  const spoken = new Promise<void>((resolve) => (speak = resolve))
  const extension = new AppConnection({ post: (message) => (said.push(message), speak()), close: () => void (isClosed = true) })
  return { extension, said, spoken, closed: () => isClosed }
}

const place = { url: 'https://example.com/', top: 'https://example.com/', ancestors: [] }

describe('the extension’s end of a session', () => {
  it('rejects random messages that its app did not send, and with them every pending call', async () => {
    const keys = (await paired()).extension
    const step = fc.constantFrom('offer', 'revealed', 'paired', 'welcome', 'refused', 'pair', 'join')
    const text = fc.oneof(
      fc.string(),
      fc.constant('A'.repeat(22)),
      fc.constant('A'.repeat(43)),
      fc.constant(`B${'A'.repeat(86)}`),
      fc.constant('0'.repeat(16)),
    )
    const near = fc.record(
      {
        kind: fc.constantFrom('browser', 'sealed'),
        version: fc.constantFrom(1, 2, 3),
        step,
        key: text,
        nonce: text,
        commitment: text,
        enc: text,
        proof: text,
        pairing: text,
        data: text,
      },
      { requiredKeys: ['kind'] },
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, fc.jsonValue()), fc.boolean(), async (message, pairing) => {
        const { extension, spoken } = connection()
        const asked = (pairing ? extension.pair() : extension.open(keys)).catch((error: unknown) => error)
        await spoken
        await extension.hear(message)
        extension.end()
        const outcome = await asked
        expect(outcome instanceof SessionFault || outcome instanceof AppRefusal).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['to call before there is a session', (extension: AppConnection) => extension.call('offers', { place }), 'out-of-turn'],
    ['to pair after its end', (extension: AppConnection) => (extension.end(), extension.pair()), 'ended'],
    ['to open after its end', async (extension: AppConnection) => (extension.end(), extension.open((await paired()).extension)), 'ended'],
    ['to call after its end', (extension: AppConnection) => (extension.end(), extension.call('offers', { place })), 'ended'],
  ])('refuses %s', async (_what, ask, reason) => {
    await expect(ask(connection().extension)).rejects.toEqual(new SessionFault(reason as 'ended'))
  })

  it('refuses to pair twice at once', async () => {
    const { extension, spoken } = connection()
    extension.pair().catch(() => {})
    await spoken
    await expect(extension.pair()).rejects.toEqual(new SessionFault('out-of-turn'))
  })

  it('learns from the last message why a connection ends, whatever is pending', async () => {
    const { extension, spoken, closed } = connection()
    const opening = extension.open((await paired()).extension)
    opening.catch(() => {})
    await spoken
    await extension.hear({ code: 'not-running' })
    await expect(opening).rejects.toEqual(new AppRefusal('not-running'))
    expect(closed()).toBe(true)
  })

  it('sends nothing after its end', async () => {
    const { extension, said } = connection()
    const pairing = extension.pair().catch((error: unknown) => error)
    extension.end()
    await pairing
    expect(said).toEqual([])
  })
})
