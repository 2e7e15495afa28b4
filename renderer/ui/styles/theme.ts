import type { Theme } from '../../../shared/lists/settings.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')

/** Applies a theme to the page, and follows the system while the theme is `system`. Call the returned function to stop following. */
export function applyTheme(theme: Theme): () => void {
  function put(): void {
    document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  }

  put()
  dark.addEventListener('change', put)
  return () => dark.removeEventListener('change', put)
}
