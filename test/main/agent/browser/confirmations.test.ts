import { expect, it } from 'vitest'
import { Confirmations } from '../../../../main/agent/browser/confirmations.ts'

const key = { accountId: 'a'.repeat(16), keyId: 'b'.repeat(24) }

it('what a browser was offered is known for a minute after it was last offered', () => {
  let now = 0
  const [confirmations, visit] = [new Confirmations(() => now), {}]
  confirmations.note(visit, 1, [key])
  now = 59_999
  expect(confirmations.has(1, key)).toBe(true)
  confirmations.note(visit, 1, [key])
  now = 119_998
  expect(confirmations.has(1, key)).toBe(true)
  now = 119_999
  expect(confirmations.has(1, key)).toBe(false)
})

it('the end of one visit does not make another’s forgotten', () => {
  const [confirmations, one, other] = [new Confirmations(() => 0), {}, {}]
  confirmations.note(one, 1, [key])
  confirmations.note(other, 1, [key])
  confirmations.forget(one)
  expect(confirmations.has(1, key)).toBe(true)
  confirmations.forget(other)
  expect(confirmations.has(1, key)).toBe(false)
})
