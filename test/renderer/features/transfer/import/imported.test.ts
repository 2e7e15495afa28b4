import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Imported } from '../../../../../renderer/features/transfer/import/imported.svelte.ts'

const entry = { original: 'x', lastFour: null, same: null, repeated: false }
const file = {
  ...{ outcome: 'chosen', ticket: 'a'.repeat(16), file: 'keys.env', format: 'env', passed: [] },
  entries: [
    { ...entry, name: 'new' },
    { ...entry, name: 'here', same: { name: 'ci', account: 'Work' } },
    { ...entry, name: 'again', repeated: true },
    { ...entry, name: 'also-new' },
  ],
}
let choose: ReturnType<typeof vi.fn>
let forget: ReturnType<typeof vi.fn>

beforeEach(() => {
  choose = vi.fn().mockResolvedValue({ ok: true, value: file })
  forget = vi.fn().mockResolvedValue({ ok: true, value: null })
  vi.stubGlobal('window', { latchkey: { calls: { 'transfer.chooseImport': choose, 'transfer.forget': forget } } })
})

async function chosen(): Promise<Imported> {
  const imported = new Imported()
  await imported.choose()
  return imported
}

describe('a file to import', () => {
  it('is recognised, or opened by the format that the user chose, and its new entries are preselected', async () => {
    const imported = await chosen()
    imported.format = 'keepassxc'
    await imported.choose()
    expect(choose.mock.calls).toEqual([[{ format: null }], [{ format: 'keepassxc' }]])
    expect([imported.wanted, imported.choosing, imported.refusal]).toEqual([[0, 3], false, null])
  })

  it('stays unchanged when the dialog is cancelled or the file refused', async () => {
    const imported = await chosen()
    choose.mockResolvedValue({ ok: true, value: { outcome: 'cancelled' } })
    await imported.choose()
    expect(imported.file).toEqual(file)
    choose.mockResolvedValue({ ok: false, code: 'import-encrypted' })
    await imported.choose()
    expect([imported.file, imported.refusal]).toEqual([file, 'import-encrypted'])
  })

  it('lets the user choose entries singly, all or none', async () => {
    const imported = await chosen()
    imported.want(1, true)
    imported.want(0, false)
    imported.want(1, true)
    expect(imported.wanted).toEqual([3, 1])
    imported.wantAll(true)
    expect(imported.wanted).toEqual([0, 1, 2, 3])
    imported.wantAll(false)
    expect(imported.wanted).toEqual([])
  })

  it('is stored in the file’s order, then dropped', async () => {
    const imported = await chosen()
    imported.want(1, true)
    const take = vi.fn().mockResolvedValue(true)
    expect(await imported.store(take)).toBe(3)
    expect(take.mock.calls).toEqual([[file.ticket, [0, 1, 3]]])
    expect([imported.file, imported.busy]).toEqual([null, false])
    imported.forget()
    expect(forget).not.toHaveBeenCalled()
  })

  it('stays unchanged when storing is stopped', async () => {
    const imported = await chosen()
    expect(await imported.store(() => Promise.resolve(false))).toBe(0)
    expect([imported.file, imported.wanted, imported.busy, imported.refusal]).toEqual([file, [0, 3], false, null])
  })

  it('stays when storing is refused, unless main has dropped it', async () => {
    const imported = await chosen()
    const { Refused } = await import('../../../../../renderer/bridge.ts')
    expect(await imported.store(() => Promise.reject(new Refused('disk-full')))).toBeNull()
    expect([imported.file, imported.refusal]).toEqual([file, 'disk-full'])
    expect(await imported.store(() => Promise.reject(new Refused('choice-expired')))).toBeNull()
    expect([imported.file, imported.refusal]).toEqual([null, 'choice-expired'])
  })

  it('is dropped in main too', async () => {
    const imported = await chosen()
    imported.forget()
    expect(forget.mock.calls).toEqual([[{ ticket: file.ticket }]])
    expect(imported.file).toBeNull()
  })
})
