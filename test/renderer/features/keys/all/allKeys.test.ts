import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Account, Key, KeyList } from '../../../../../preload/contract.ts'
import { AllKeys } from '../../../../../renderer/features/keys/all/allKeys.svelte.ts'
import { services } from '../../../../../renderer/features/stored-values/services.svelte.ts'
import { isHeading } from '../../../../../renderer/ui/list/listboxRows.ts'
import type { KeyGrouping } from '../../../../../shared/lists/settings.ts'
import { account, change, idOf, key, listOf } from '../samples.ts'

const [work, home] = ['1'.repeat(16), '2'.repeat(16)]
const accounts: Account[] = [
  { ...account, id: work, email: 'dev@work.example' },
  { ...account, id: home, kind: 'values', method: 'values', server: null, email: null },
]
const deploy = key('deploy', 1, { lastFour: 'aB3x' })
const backup = key('backup', 2)
const github = key('ci-token', 3, { service: 'github' })
const stripe = key('payments', 4, { service: 'stripe', lastFour: 'zz90' })

let calls: Record<string, ReturnType<typeof vi.fn>>
let tell: (list: KeyList) => void
let grouping: KeyGrouping

function lists(ofWork: Key[], ofHome: Key[], facts: Partial<KeyList> = {}): KeyList[] {
  return [listOf(ofWork, { accountId: work, ...facts }), listOf(ofHome, { accountId: home, limit: 1000 })]
}

beforeEach(async () => {
  grouping = 'none'
  await services.load()
  const answer = { ok: true, value: { lists: lists([deploy, backup], [github, stripe]) } }
  calls = { 'keys.listAll': vi.fn().mockResolvedValue(answer) }
  const events = { 'keys.changed': (heard: typeof tell) => ((tell = heard), () => undefined) }
  vi.stubGlobal('window', { latchkey: { calls, events } })
})

async function opened(): Promise<AllKeys> {
  const all = new AllKeys(
    () => accounts,
    () => grouping,
  )
  all.open()
  await vi.waitFor(() => expect(all.loaded).toBe(true))
  return all
}

const names = (all: AllKeys): string[] => all.shown.map((entry) => entry.key.name)

describe('all keys', () => {
  it('are those of every account, in one order, and the first one is selected', async () => {
    const all = await opened()
    expect(all.shown.map((entry) => [entry.key.name, entry.account.id])).toEqual([
      ['backup', work],
      ['ci-token', home],
      ['deploy', work],
      ['payments', home],
    ])
    expect(all.chosen).toMatchObject({ key: backup, account: { id: work } })
    all.order = 'newest'
    expect(names(all)).toEqual(['payments', 'ci-token', 'backup', 'deploy'])
  })

  it.each([
    ['a name', 'DEPL', ['deploy']],
    ['a service', 'GitHub', ['ci-token']],
    ['an account', 'work.example', ['backup', 'deploy']],
    ['the account of stored values', 'stored', ['ci-token', 'payments']],
    ['an id', idOf(4), ['payments']],
    ['the end of a value, whose case matters', 'B3x', ['deploy']],
    ['the end of a value in another case', 'b3X', []],
    ['several words, each somewhere', 'stored stripe', ['payments']],
    ['nothing but space', '   ', ['backup', 'ci-token', 'deploy', 'payments']],
    ['what no key has', 'nothing like it', []],
  ])('are found by %s', async (_what, text, found) => {
    const all = await opened()
    all.text = text
    expect(names(all)).toEqual(found)
  })

  it('stand below the name of their account, or of their service, as chosen', async () => {
    const told = (all: AllKeys) => all.rows.map((row) => (isHeading(row) ? `# ${row.heading} ${row.count}` : row.key.name))
    grouping = 'account'
    expect(told(await opened())).toEqual(['# dev@work.example 2', 'backup', 'deploy', '# Stored values 2', 'ci-token', 'payments'])
    grouping = 'service'
    expect(told(await opened())).toEqual(['# GitHub 1', 'ci-token', '# Stripe 1', 'payments', '# Other keys 2', 'backup', 'deploy'])
  })

  it('can be those of one service only', async () => {
    const all = await opened()
    expect(all.services).toEqual([
      { id: 'github', name: 'GitHub', keys: 1 },
      { id: 'stripe', name: 'Stripe', keys: 1 },
    ])
    all.service = 'stripe'
    expect(names(all)).toEqual(['payments'])
  })

  it('need attention if their value is missing, or a change waits', async () => {
    const missing = { ...stripe, value: 'missing' } as const
    const waiting = [change('disable', 'deploy', 1)]
    calls['keys.listAll']?.mockResolvedValue({ ok: true, value: { lists: lists([deploy, backup], [github, missing], { waiting }) } })
    const all = await opened()
    all.filter = 'attention'
    expect([names(all), all.amiss, all.counts.attention, all.counts.waiting]).toEqual([['deploy', 'payments'], 2, 2, 1])
  })

  it('follow the list of each account', async () => {
    const all = await opened()
    tell(listOf([github], { accountId: home }))
    expect(names(all)).toEqual(['backup', 'ci-token', 'deploy'])
    tell(listOf([], { accountId: '9'.repeat(16) }))
    expect(names(all)).toEqual(['backup', 'ci-token', 'deploy'])
  })

  it('say why they could not be read, and can be read again', async () => {
    calls['keys.listAll']?.mockResolvedValueOnce({ ok: false, code: 'profile-corrupt' })
    const all = new AllKeys(
      () => accounts,
      () => grouping,
    )
    await all.load()
    expect([all.loaded, all.refusal]).toEqual([false, 'profile-corrupt'])
    await all.load()
    expect([all.loaded, all.refusal]).toEqual([true, null])
  })
})

describe('the selection among all keys', () => {
  it('moves from the keys of one account to those of another, and stops at both ends', async () => {
    const all = await opened()
    all.step(1)
    expect(all.chosen).toMatchObject({ key: github, account: { id: home } })
    all.step(Infinity)
    expect(all.chosen?.key).toEqual(stripe)
    all.step(1)
    expect(all.chosen?.key).toEqual(stripe)
    all.step(-Infinity)
    expect(all.chosen?.key).toEqual(backup)
  })

  it('goes to the neighbour in the list when its key is deleted, whichever account that is of', async () => {
    const all = await opened()
    all.choose(`${home}/${github.id}`)
    tell(listOf([stripe], { accountId: home }))
    expect(all.chosen).toMatchObject({ key: deploy, account: { id: work } })
  })

  it('goes to the first key that there is, if there was none', async () => {
    calls['keys.listAll']?.mockResolvedValue({ ok: true, value: { lists: lists([], []) } })
    const all = await opened()
    expect(all.chosen).toBeNull()
    tell(listOf([github], { accountId: home }))
    expect(all.chosen?.key).toEqual(github)
  })

  it('follows what changes in its key', async () => {
    const all = await opened()
    tell(listOf([deploy, { ...backup, enabled: false }], { accountId: work }))
    expect(all.chosen?.key.enabled).toBe(false)
  })

  it('stays with its key when the search no longer shows it', async () => {
    const all = await opened()
    all.text = 'payments'
    expect(all.chosen?.key).toEqual(backup)
    all.bringToSight(home, github.id)
    expect([all.text, all.chosen?.key]).toEqual(['', github])
  })
})

describe('an action on one of all keys', () => {
  it('names the account of its key', async () => {
    const all = await opened()
    all.choose(`${home}/${stripe.id}`)
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: true, value: stripe })
    await all.chosen?.keyring.verify(stripe.id)
    expect(calls['keys.verify'].mock.calls).toEqual([[{ accountId: home, id: stripe.id }]])
  })

  it('syncs every account', async () => {
    const all = await opened()
    calls['keys.sync'] = vi.fn(({ accountId }: { accountId: string }) => Promise.resolve({ ok: true, value: listOf([], { accountId }) }))
    await all.sync()
    expect(calls['keys.sync'].mock.calls).toEqual([[{ accountId: work }], [{ accountId: home }]])
    expect(names(all)).toEqual([])
  })

  it('that replaces a key selects the new one', async () => {
    const all = await opened()
    all.choose(`${work}/${deploy.id}`)
    const renewed = key('deploy', 9)
    calls['keys.replace'] = vi.fn().mockResolvedValue({ ok: true, value: renewed })
    await all.chosen?.keyring.replace(deploy.id, 'deploy')
    expect(all.chosen).toMatchObject({ key: renewed, account: { id: work } })
  })
})
