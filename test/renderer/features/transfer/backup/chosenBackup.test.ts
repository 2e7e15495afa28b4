import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Refused } from '../../../../../renderer/bridge.ts'
import { BackupChoice } from '../../../../../renderer/features/transfer/backup/chosenBackup.svelte.ts'

const file = { outcome: 'chosen', ticket: 'b'.repeat(16), file: 'a.latchkey-backup', bytes: 900, at: 5 }
let choose: ReturnType<typeof vi.fn>
let forget: ReturnType<typeof vi.fn>

beforeEach(() => {
  choose = vi.fn().mockResolvedValue({ ok: true, value: file })
  forget = vi.fn().mockResolvedValue({ ok: true, value: null })
  vi.stubGlobal('window', { latchkey: { calls: { 'transfer.chooseBackup': choose, 'transfer.forget': forget } } })
})

async function chosen(): Promise<BackupChoice> {
  const choice = new BackupChoice()
  await choice.choose()
  choice.passphrase = 'typed'
  return choice
}

describe('a chosen backup', () => {
  it('is used with its passphrase, which is dropped once it was accepted', async () => {
    const choice = await chosen()
    const use = vi.fn().mockResolvedValue(undefined)
    expect(await choice.use(use)).toBe(true)
    expect(use.mock.calls).toEqual([[file.ticket, 'typed']])
    expect([choice.passphrase, choice.busy, choice.refusal]).toEqual(['', false, null])
  })

  it('keeps the typed passphrase when it was refused, so that a typing error can be corrected', async () => {
    const choice = await chosen()
    expect(await choice.use(() => Promise.reject(new Refused('passphrase-wrong')))).toBe(false)
    expect([choice.file, choice.passphrase, choice.refusal]).toEqual([file, 'typed', 'passphrase-wrong'])
  })

  it('has to be chosen again if main has dropped it', async () => {
    const choice = await chosen()
    expect(await choice.use(() => Promise.reject(new Refused('choice-expired')))).toBe(false)
    expect([choice.file, choice.refusal]).toEqual([null, 'choice-expired'])
  })

  it('is not used twice at once, nor before a file is chosen', async () => {
    const use = vi.fn().mockResolvedValue(undefined)
    expect(await new BackupChoice().use(use)).toBe(false)
    const choice = await chosen()
    const first = choice.use(use)
    expect(await choice.use(use)).toBe(false)
    expect([await first, use.mock.calls.length]).toEqual([true, 1])
  })

  it('a file that is not a backup is reported, and the previous choice stays', async () => {
    const choice = await chosen()
    choose.mockResolvedValue({ ok: false, code: 'backup-invalid' })
    await choice.choose()
    expect([choice.file, choice.refusal]).toEqual([file, 'backup-invalid'])
  })

  it('is dropped with the form, in main too', async () => {
    const choice = await chosen()
    choice.forget()
    expect([choice.file, choice.passphrase, forget.mock.calls]).toEqual([null, '', [[{ ticket: file.ticket }]]])
  })
})
