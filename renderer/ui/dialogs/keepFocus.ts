import { tick } from 'svelte'

/**
 * Call it after the focused element may have been removed: otherwise the focus restarts at the top of the window.
 * `otherwise` focuses the element that the user would look at next.
 */
export async function keepFocus(otherwise: () => void): Promise<void> {
  await tick()
  const place = document.activeElement
  if (place === null || place.matches('body, .dialog')) otherwise()
}
