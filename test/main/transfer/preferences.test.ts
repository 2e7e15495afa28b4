import { describe, expect, it } from 'vitest'
import { preferencesForBackup } from '../../../main/transfer/preferences.ts'
import { PreferencesStore, defaultPreferences } from '../../../main/settings/preferences.ts'
import type { Theme } from '../../../shared/lists/settings.ts'

describe('preferences in a backup', () => {
  function person() {
    const theme = { now: 'system' as Theme, get: () => theme.now, set: (next: Theme) => void (theme.now = next) }
    const chosen = new PreferencesStore({ preferences: defaultPreferences })
    return { theme, chosen, transfer: preferencesForBackup(chosen, theme) }
  }

  // The theme went to the file alone: menus and pages kept the one before until the next start.
  it('is in effect when it comes out of it, the theme as a theme that is set', () => {
    const [one, other] = [person(), person()]
    one.theme.set('dark')
    one.chosen.set({ ...defaultPreferences, trashDays: 7 })
    const told: unknown[] = []
    other.chosen.onChange(({ trashDays }) => told.push(trashDays))
    other.transfer.restore(one.transfer.get())
    expect([other.theme.now, other.chosen.get().trashDays, told]).toEqual(['dark', 7, [7]])
  })

  it('leaves alone what it does not know', () => {
    const { theme, chosen, transfer } = person()
    transfer.restore({ theme: 'sepia', trashDays: 9000, clipboardSeconds: 20, later: true })
    expect([theme.now, chosen.get()]).toEqual(['system', { ...defaultPreferences, clipboardSeconds: 20 }])
  })
})
