import { beforeEach, expect, it, vi } from 'vitest'
import type { UpdatesState } from '../../../../preload/contract.ts'
import { notices } from '../../../../renderer/features/notices/notices.svelte.ts'
import { updates } from '../../../../renderer/features/updates/updates.svelte.ts'

const known: UpdatesState = { unavailable: null, step: 'none', version: null, percent: 0, trouble: null, checkedAt: 1 }
let tell: (state: UpdatesState) => void
let download: ReturnType<typeof vi.fn>

beforeEach(() => {
  download = vi.fn().mockResolvedValue({ ok: true, value: { ...known, step: 'downloading', version: '2.0.0' } })
  vi.stubGlobal('window', {
    latchkey: {
      calls: { 'updates.download': download },
      events: { 'updates.changed': (heard: (state: UpdatesState) => void) => ((tell = heard), () => undefined) },
    },
  })
  updates.open()
  notices.dismiss()
})

it('a newer version is announced once, with its possible action', async () => {
  tell(known)
  expect(notices.shown).toBeNull()
  tell({ ...known, step: 'found', version: '2.0.0' })
  expect(notices.shown?.text).toContain('2.0.0')
  notices.act()
  await vi.waitFor(() => expect(updates.state?.step).toBe('downloading'))
  expect(download).toHaveBeenCalledOnce()
  tell({ ...known, step: 'found', version: '2.0.0', trouble: 'update-untrusted' })
  expect(notices.shown).toBeNull()
  tell({ ...known, step: 'ready', version: '2.0.0', percent: 100 })
  expect(notices.shown?.act?.word).toBe('Restart now')
})

// Regression: the undo shortcut restarted the app while this notice was shown.
it('a newer version is installed by its button and not by the undo shortcut', () => {
  tell({ ...known, step: 'found', version: '2.0.0' })
  notices.undo()
  expect(download).not.toHaveBeenCalled()
  expect(notices.shown?.act?.word).toBe('Download')
})
