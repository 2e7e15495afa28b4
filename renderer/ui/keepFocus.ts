import { tick } from 'svelte'

/**
 * Call it after what had the focus may have gone: a keyboard that has lost its place starts again at the window's top.
 * `otherwise` puts the focus where a person would look next.
 */
export async function keepFocus(otherwise: () => void): Promise<void> {
  await tick()
  const place = document.activeElement
  if (place === null || place.matches('body, .dialog')) otherwise()
}
