import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Approval } from '../../../../preload/contract.ts'
import { Approvals } from '../../../../renderer/features/approvals/approvals.svelte.ts'
import { accountId, idOf } from '../keys/samples.ts'

function approval(place: number, until: number | null): Approval {
  const requester = { kind: 'site', origin: 'https://console.example.com', browser: '/usr/bin/chromium' } as const
  const named = { accountId, keyId: idOf(1), name: 'ci', account: 'ada@example.com' }
  return { id: place.toString(16).padStart(16, '0'), ...named, purpose: 'fill', requester, at: 0, until }
}

const [always, passing] = [approval(1, null), approval(2, 1000)]
let revoke: ReturnType<typeof vi.fn>

beforeEach(() => {
  const list = vi.fn().mockResolvedValue({ ok: true, value: { approvals: [always, passing] } })
  revoke = vi.fn().mockImplementation(({ id }: { id: string }) => {
    const approvals = id === always.id ? [passing] : []
    return Promise.resolve({ ok: true, value: { approvals } })
  })
  vi.stubGlobal('window', { latchkey: { calls: { 'approvals.list': list, 'approvals.revoke': revoke } } })
})

async function loaded(): Promise<Approvals> {
  const approvals = new Approvals()
  await approvals.load()
  return approvals
}

describe('the list of approvals', () => {
  it('shows approvals until they expire', async () => {
    const approvals = await loaded()
    expect(approvals.at(999)).toEqual([always, passing])
    expect(approvals.at(1000)).toEqual([always])
  })

  it('revokes approvals one by one', async () => {
    const approvals = await loaded()
    expect(await approvals.revoke([always, passing])).toBe(true)
    expect(revoke.mock.calls).toEqual([[{ accountId, id: always.id }], [{ accountId, id: passing.id }]])
    expect([approvals.list, approvals.revoking]).toEqual([[], []])
  })

  it('stops at the first revocation that is refused, and shows why', async () => {
    const approvals = await loaded()
    revoke.mockResolvedValue({ ok: false, code: 'disk-full' })
    expect(await approvals.revoke([always, passing])).toBe(false)
    expect(revoke).toHaveBeenCalledOnce()
    expect([approvals.refusal, approvals.at(0), approvals.revoking]).toEqual(['disk-full', [always, passing], []])
  })
})
