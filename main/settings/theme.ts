import { nativeTheme } from 'electron'
import { withFallback } from './fallback.ts'
import type { Chosen } from './preferences.ts'
import type { Profile, Theme } from './profile.ts'

export function themeOf(profile: Profile): Theme {
  return withFallback(() => profile.theme, 'system')
}

export function setTheme(profile: Profile, theme: Theme): void {
  profile.theme = theme
  nativeTheme.themeSource = theme
}

/** Shows the theme of the profile, from now on: also once it can be read that could not be at the start. */
export function followTheme(profile: Profile, chosen: Chosen): void {
  const follow = (): void => void (nativeTheme.themeSource = themeOf(profile))
  follow()
  chosen.onChange(follow)
}
