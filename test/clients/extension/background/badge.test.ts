import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { View } from '../../../../clients/extension/popup-messages.ts'

/** The text on the button of each tab. */
const texts = new Map<number, string>()
let show: (tabId: number, view: View) => Promise<void>

beforeEach(async () => {
  vi.useFakeTimers()
  texts.clear()
  const setBadgeText = async ({ tabId, text }: { tabId: number; text: string }): Promise<void> => void texts.set(tabId, text)
  vi.stubGlobal('chrome', {
    action: { setBadgeText, setTitle: async () => undefined, setBadgeBackgroundColor: async () => undefined },
    i18n: { getUILanguage: () => 'en' },
  })
  vi.resetModules()
  ;({ showOnBadge: show } = await import('../../../../clients/extension/background/badge.ts'))
})
afterEach(() => {
  vi.useRealTimers()
})

const filled: View = { state: 'filled', name: 'ci', site: 'https://example.com' }
const refused: View = { state: 'trouble', code: 'approval-denied' }

it('shows for a while that a key was filled in', async () => {
  await show(1, filled)
  await vi.advanceTimersByTimeAsync(3_900)
  expect(texts.get(1)).toBe('✓')
  await vi.advanceTimersByTimeAsync(200)
  expect(texts.get(1)).toBe('')
})

// Regression: the timer that clears an earlier success also cleared a later refusal.
it('keeps showing a later failure', async () => {
  await show(1, filled)
  await show(2, filled)
  await vi.advanceTimersByTimeAsync(3_900)
  await show(1, refused)
  await vi.advanceTimersByTimeAsync(10_000)
  expect([texts.get(1), texts.get(2)]).toEqual(['!', ''])
})
