import { nativeTheme } from 'electron'
import type { Profile, Theme } from './profile.ts'
import { Refusal } from './vault/refusal.ts'

/** A settings file that cannot be read closes the vault with that reason; the window still needs a theme to say so in. */
export function themeOf(profile: Profile): Theme {
  try {
    return profile.theme
  } catch (error) {
    if (error instanceof Refusal) return 'system'
    throw error
  }
}

export function setTheme(profile: Profile, theme: Theme): void {
  profile.theme = theme
  nativeTheme.themeSource = theme
}
