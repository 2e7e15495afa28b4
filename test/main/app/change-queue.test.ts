import { describe, expect, it, vi } from 'vitest'
import { ChangeQueue, type Changes } from '../../../main/app/change-queue.ts'

function listened() {
  const queue = new ChangeQueue()
  const heard = vi.fn<(changes: Changes) => void>()
  queue.onFlush(heard)
  return { queue, heard, turn: () => new Promise(setImmediate) }
}

describe('the queue of changes', () => {
  it('reports the accounts whose keys changed once, after the current turn of the event loop', async () => {
    const { queue, heard, turn } = listened()
    for (const accountId of ['first', 'second', 'first']) queue.add('keys', accountId)
    expect(heard).not.toHaveBeenCalled()
    await turn()
    expect(heard.mock.calls).toEqual([[{ accounts: false, keysOf: new Set(['first', 'second']) }]])
  })

  it('reports the keys of all accounts for a change that names none, and for every change of accounts', async () => {
    const { queue, heard, turn } = listened()
    queue.add('keys', 'first')
    queue.add('keys')
    await turn()
    queue.add('accounts')
    await turn()
    expect(heard.mock.calls).toEqual([[{ accounts: false, keysOf: 'all' }], [{ accounts: true, keysOf: 'all' }]])
  })

  it('begins anew after each report', async () => {
    const { queue, heard, turn } = listened()
    queue.add('accounts')
    await turn()
    queue.add('keys', 'second')
    await turn()
    expect(heard.mock.lastCall).toEqual([{ accounts: false, keysOf: new Set(['second']) }])
  })
})
