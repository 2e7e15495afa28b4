import { defaultKeyView, type KeyView } from '../../shared/lists/settings.ts'
import { withFallback } from './fallback.ts'
import type { Profile } from './profile.ts'

export function keyViewOf(profile: Profile): KeyView {
  return withFallback(() => profile.keyView, defaultKeyView)
}
