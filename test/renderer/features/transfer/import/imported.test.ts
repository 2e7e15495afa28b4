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
let open: ReturnType<typeof vi.fn>

beforeEach(() => {
  choose = vi.fn().mockResolvedValue({ ok: true, value: file })
  forget = vi.fn().mockResolvedValue({ ok: true, value: null })
  open = vi.fn().mockResolvedValue({ ok: true, value: file })
  const calls = { 'transfer.chooseImport': choose, 'transfer.openImport': open, 'transfer.forget': forget }
  vi.stubGlobal('window', { latchkey: { calls } })
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

describe('a file with a passphrase', () => {
  const locked = { outcome: 'locked', ticket: 'b'.repeat(16), file: 'keys.kdbx', format: 'keepass' }

  async function typed(passphrase: string): Promise<Imported> {
    choose.mockResolvedValue({ ok: true, value: locked })
    const imported = await chosen()
    imported.passphrase = passphrase
    return imported
  }

  it('is opened by it, and the passphrase is dropped', async () => {
    const imported = await typed('four words')
    expect([imported.file, imported.locked]).toEqual([null, locked])
    await imported.open()
    expect(open.mock.calls).toEqual([[{ ticket: locked.ticket, passphrase: 'four words' }]])
    expect([imported.file, imported.wanted, imported.locked, imported.passphrase]).toEqual([file, [0, 3], null, ''])
  })

  it('can be tried again after a wrong one', async () => {
    const imported = await typed('wrong')
    open.mockResolvedValueOnce({ ok: false, code: 'passphrase-wrong' })
    await imported.open()
    expect([imported.file, imported.locked, imported.refusal]).toEqual([null, locked, 'passphrase-wrong'])
    await imported.open()
    expect([imported.file, imported.refusal]).toEqual([file, null])
  })

  it.each(['choice-expired', 'import-invalid', 'import-unsupported', 'stored-limit'])('has to be chosen again after %s', async (code) => {
    const imported = await typed('four words')
    open.mockResolvedValueOnce({ ok: false, code })
    await imported.open()
    expect([imported.locked, imported.passphrase, imported.refusal]).toEqual([null, '', code])
  })

  it('is dropped in main too, and its passphrase here', async () => {
    const imported = await typed('four words')
    imported.forget()
    expect(forget.mock.calls).toEqual([[{ ticket: locked.ticket }]])
    expect([imported.locked, imported.passphrase]).toEqual([null, ''])
  })
})
