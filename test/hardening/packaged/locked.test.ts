import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicCalls } from '../../../main/ipc/access.ts'
import { Subject } from '../subject.ts'
import { until } from '../../until.ts'
import { isClosed } from './package.ts'

describe('the packaged app after a lock', { timeout: 30_000 }, () => {
  let subject: Subject
  let id = ''
  let accountId = ''
  beforeAll(async () => {
    subject = await Subject.withVault()
    accountId = await subject.accountId()
    id = await subject.page(async (account) => {
      const made = await window.latchkey.calls['keys.create']({ accountId: account, name: 'deploy' })
      return made.ok ? made.value.id : made.code
    }, accountId)
    await subject.lock()
  }, 60_000)
  afterAll(() => subject.end())

  it('is a new program in the same process, whose memory is closed again [23, 25]', async () => {
    expect(await subject.main(() => process.pid, null)).toBe(subject.process.pid)
    expect(await subject.main(() => process.argv.slice(1).join(' '), null)).toMatch(/^--locked=/)
    // The new program starts with its memory open, like any other.
    const pid = subject.process.pid ?? 0
    await until(() => isClosed(pid))
    for (const part of ['mem', 'environ']) expect(() => readFileSync(`/proc/${pid}/${part}`), part).toThrow('EACCES')
  })

  it('returns nothing that is stored, by any call [22]', async () => {
    expect(id).toMatch(/^[0-9a-f]{24}$/)
    const answers = await subject.page(
      async ([key, accountId, open]) => {
        const inputs: unknown[] = [
          null,
          { accountId, id: key },
          { accountId, by: 'id', id: key },
          { accountId, by: 'name', name: 'deploy' },
          { accountId, name: 'other' },
          { accountId, ids: [key] },
          { accountId, id: key, name: 'deploy' },
          { accountId },
          { id: accountId },
        ]
        const asked = Object.entries(window.latchkey.calls)
          .filter(([name]) => !open.includes(name))
          .flatMap(([name, call]) =>
            inputs.map(
              async (input) => [name, await (call as (input: unknown) => Promise<{ ok: boolean; code?: string }>)(input)] as const,
            ),
          )
        return (await Promise.all(asked)).map(([name, { ok, code }]) => [name, ok ? 'answered' : (code ?? '')] as const)
      },
      [id, accountId, [...publicCalls] as string[]] as const,
    )
    expect(answers.filter(([, code]) => code !== 'locked' && code !== 'input-invalid')).toEqual([])
    for (const name of ['keys.list', 'keys.reveal', 'keys.copy', 'keys.create', 'keys.delete', 'accounts.openLocal']) {
      expect(answers).toContainEqual([name, 'locked'])
    }
  })

  it('reports only that it is locked, and no name of a key or an account [22]', async () => {
    const state = await subject.page(() => window.latchkey.calls['app.state'](null), null)
    expect(state).toMatchObject({ ok: true, value: { vault: { status: 'closed', code: 'locked' }, accounts: [], current: null } })
    expect(await subject.page(() => document.documentElement.outerHTML.includes('deploy'), null)).toBe(false)
  })

  it('shows nothing in the palette and accepts nothing there [22]', async () => {
    await until(() => subject.page(() => true, null, 'palette').catch(() => false))
    const told = await subject.page(
      async (key) => {
        const { calls } = Object.values(window as unknown as Record<string, unknown>).find(
          (one) => typeof one === 'object' && one !== null && 'calls' in one && 'palette.state' in (one as { calls: object }).calls,
        ) as {
          calls: Record<string, (input: unknown) => Promise<{ ok: boolean; code?: string; value?: { closed: string; keys: unknown[] } }>>
        }
        const chosen = { accountId: '0123456789abcdef', id: key }
        const [state, typed, copied] = [
          await calls['palette.state']?.(null),
          await calls['palette.type']?.(chosen),
          await calls['palette.copy']?.(chosen),
        ]
        return [state?.value?.closed, state?.value?.keys.length, typed?.ok, copied?.code]
      },
      id,
      'palette',
    )
    expect(told).toEqual(['locked', 0, false, 'locked'])
  })
})
