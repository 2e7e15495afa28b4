import { describe, expect, it } from 'vitest'
import { parseOpening, parseReply } from '../../../../clients/shared/secure-session/opening.ts'
import { SessionFault } from '../../../../clients/shared/secure-session/session-fault.ts'

const clear = { kind: 'browser', version: 2 }
const key = `B${'A'.repeat(86)}`
const [digest, proof, pairing] = ['A'.repeat(43), 'A'.repeat(22), '0'.repeat(16)]

const openings = [
  { ...clear, step: 'pair', key, commitment: digest },
  { ...clear, step: 'reveal', nonce: digest },
  { ...clear, step: 'confirm' },
  { ...clear, step: 'hello', pairing, key },
  { ...clear, step: 'join', enc: key, proof },
]
const replies = [
  { ...clear, step: 'offer', key, commitment: digest },
  { ...clear, step: 'revealed', nonce: digest },
  { ...clear, step: 'paired', pairing },
  { ...clear, step: 'welcome', key, enc: key, proof },
  { ...clear, step: 'refused', code: 'pairing-needed' },
]

describe('messages in clear', () => {
  it.each(openings)('include the extension’s $step', (message) => expect(parseOpening(message)).toEqual(message))
  it.each(replies)('include the app’s $step', (message) => expect(parseReply(message)).toEqual(message))

  it.each(openings)('exclude a $step of the extension with an additional, missing or wrongly typed field', (message) => {
    expect(refusesAll(parseOpening, message)).toEqual([])
  })
  it.each(replies)('exclude a $step of the app with an additional, missing or wrongly typed field', (message) => {
    expect(refusesAll(parseReply, message)).toEqual([])
  })

  it('are of one version: neither an older nor a newer one is accepted', () => {
    for (const version of [0, 1, 3, '2', 2.5, null]) {
      for (const message of openings) expect(refuses(parseOpening, { ...message, version })).toBe(true)
      for (const message of replies) expect(refuses(parseReply, { ...message, version })).toBe(true)
    }
  })

  it('are not accepted from the wrong side', () => {
    for (const message of replies) expect(refuses(parseOpening, message)).toBe(true)
    for (const message of openings) expect(refuses(parseReply, message)).toBe(true)
  })

  it('cause errors that do not quote them', () => {
    try {
      parseOpening({ ...clear, step: 'canary-canary' })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(SessionFault)
      expect(JSON.stringify(error) + String(error)).not.toContain('canary')
    }
  })
})

/** @returns the changed messages that were accepted by mistake */
function refusesAll(parse: (message: unknown) => unknown, message: object): unknown[] {
  const changed = Object.keys(message).flatMap((name) => [
    Object.fromEntries(Object.entries(message).filter(([other]) => other !== name)),
    ...[null, 7, '', [], {}, 'A'.repeat(100_000)].map((value) => ({ ...message, [name]: value })),
  ])
  return [...changed, { ...message, more: 1 }, [message], null, 'browser'].filter((one) => !refuses(parse, one))
}

function refuses(parse: (message: unknown) => unknown, message: unknown): boolean {
  try {
    parse(message)
    return false
  } catch (error) {
    return error instanceof SessionFault && error.reason === 'malformed'
  }
}
