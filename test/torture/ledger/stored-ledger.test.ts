import { describe, expect, it } from 'vitest'
import { digestOf } from './digest.ts'
import { StoredLedger } from './stored-ledger.ts'

describe('the ledger of imported values', () => {
  const ledger = (): StoredLedger => {
    const made = new StoredLedger()
    made.requested({ STRIPE: 'one', SENTRY: 'two' })
    return made
  }

  // The values of a backup were taken for others, because the list that named them was lost before the backup was made.
  it('knows the value of an id after no list names it any more', () => {
    const stored = ledger()
    stored.imported([{ id: 'a', name: 'STRIPE' }], { STRIPE: 'one' })
    stored.forgotten()
    expect(stored.isOwn('a', digestOf('one'))).toBe(true)
    expect(stored.isOwn('a', digestOf('two'))).toBe(false)
  })

  it('accepts an id that it was not told, as of an import that was killed, only with a value that was to be imported', () => {
    expect(ledger().isOwn('b', digestOf('two'))).toBe(true)
    expect(ledger().isOwn('b', digestOf('three'))).toBe(false)
  })
})
