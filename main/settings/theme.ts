import { nativeTheme } from 'electron'
import { withFallback } from './fallback.ts'
import type { PreferencesStore } from './preferences.ts'
import type { Profile } from './profile.ts'
import type { Theme } from '../../shared/lists/settings.ts'

export function themeOf(profile: Profile): Theme {
  return withFallback(() => profile.theme, 'system')
}

export function setTheme(profile: Profile, theme: Theme): void {
  profile.theme = theme
  nativeTheme.themeSource = theme
}

/** Applies the profile's theme now, and again when preferences change, because the profile may become readable only later. */
export function followTheme(profile: Profile, preferences: PreferencesStore): void {
  const follow = (): void => void (nativeTheme.themeSource = themeOf(profile))
  follow()
  preferences.onChange(follow)
}
