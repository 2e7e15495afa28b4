import { describe, expect, it } from 'vitest'
import { lastUses, usesOf } from '../../../main/vault/journal.ts'
import { release } from '../../../main/vault/release.ts'
import { verifyKey } from '../../../main/vault/verify.ts'
import { localHouse, newKey } from './house.ts'
import { shell } from './requesters.ts'

const window = { kind: 'window', program: '/usr/bin/xterm', title: 'ada@host: ~' } as const

describe('the journal', () => {
  it('tells what each key was used for, when and by whom, newest first', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    const other = await newKey(house, account, 'other')
    const start = house.now
    const use = { accountId: account.id, keyId: key.id }
    house.approver.answer = 'once'
    await release(house.opened, account.id, key.id, { purpose: 'reveal' })
    house.now += 1
    await release(house.opened, account.id, key.id, { purpose: 'type', requester: window })
    house.now += 1
    await release(house.opened, account.id, key.id, { purpose: 'run', requester: shell, detail: 'deploy.sh' })
    await release(house.opened, account.id, other.key.id, { purpose: 'copy' })
    const uses = [
      { ...use, purpose: 'run', requester: shell, at: start + 2 },
      { ...use, purpose: 'type', requester: window, at: start + 1 },
      { ...use, purpose: 'reveal', requester: { kind: 'person' }, at: start },
    ]
    expect(usesOf(house.opened, account.id, key.id, 10)).toEqual(uses)
    expect(usesOf(house.opened, account.id, key.id, 2)).toEqual(uses.slice(0, 2))
    expect(lastUses(house.opened, account.id)).toEqual(
      new Map([
        [key.id, uses[0]],
        [other.key.id, { ...use, keyId: other.key.id, purpose: 'copy', requester: { kind: 'person' }, at: house.now }],
      ]),
    )
    expect(JSON.stringify([...house.disk.records.releases])).not.toContain(value)
  })

  it('does not call it a use that a key was proved, and knows of no use of what was never used', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    await verifyKey(house.opened, account.id, key.id)
    expect(house.opened.cache.releases(account.id)).toMatchObject([{ purpose: 'verify', requester: { kind: 'person' } }])
    expect(usesOf(house.opened, account.id, key.id, 10)).toEqual([])
    expect(lastUses(house.opened, account.id)).toEqual(new Map())
    expect(usesOf(house.opened, 'another', key.id, 10)).toEqual([])
  })

  it('keeps of a window what a person can read, however long it is and whatever is in it', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const requester = { kind: 'window', program: '/usr/bin/xterm\u001b[2J', title: `\u202eTöpfe 🔑 \n${'x'.repeat(1_000_000)}` } as const
    await release(house.opened, account.id, key.id, { purpose: 'type', requester })
    const title = `\ufffdTöpfe 🔑 \ufffd${'x'.repeat(256)}`.slice(0, 256)
    expect(usesOf(house.opened, account.id, key.id, 1)).toMatchObject([{ requester: { kind: 'window', program: '/usr/bin/xterm\ufffd[2J', title } }])
  })

  it("keeps a key's newest 500 lines, and leaves those of other keys alone", async () => {
    const { house, account } = await localHouse()
    const [often, rarely] = [await newKey(house, account, 'often'), await newKey(house, account, 'rarely')]
    const old = Array.from({ length: 500 }, (_, index) => ({ keyId: often.key.id, at: index + 1 }))
    house.opened.cache.commit(
      [...old, { keyId: rarely.key.id, at: 1 }].map(({ keyId, at }) => ({
        op: 'put-release',
        release: { accountId: account.id, keyId, purpose: 'copy', requester: { kind: 'person' }, at },
      })),
    )
    await release(house.opened, account.id, often.key.id, { purpose: 'copy' })
    const kept = house.opened.cache.releases(account.id)
    expect(kept.filter(({ keyId }) => keyId === often.key.id)).toHaveLength(500)
    expect(usesOf(house.opened, account.id, often.key.id, 1000).map(({ at }) => at)).toEqual([house.now, ...old.slice(1).map(({ at }) => at).reverse()])
    expect(usesOf(house.opened, account.id, rarely.key.id, 10)).toHaveLength(1)
  })
})
