import type { View } from '../popup-messages.ts'
import { webExtension } from '../web-extension.ts'
import { texts, troubleText } from '../texts/texts.ts'

const shown = 4_000 // how long a success stays on the button, in milliseconds
/** By tab: the timer that clears the success. */
const clearing = new Map<number, ReturnType<typeof setTimeout>>()

/**
 * Shows the state on the toolbar's button, for users who have no popup open. The button belongs to the browser, so no page can imitate it.
 */
export async function showOnBadge(tabId: number, view: View): Promise<void> {
  clearTimeout(clearing.get(tabId))
  clearing.delete(tabId)
  if (view.state === 'filled')
    clearing.set(
      tabId,
      setTimeout(() => void showOnBadge(tabId, { state: 'looking' }), shown),
    )
  const { text, title, color } = badgeOf(view)
  try {
    await webExtension.action.setBadgeText({ text, tabId })
    await webExtension.action.setTitle({ title, tabId })
    if (text !== '') await webExtension.action.setBadgeBackgroundColor({ color, tabId })
  } catch {
    return // the tab, and its button, are closed
  }
}

function badgeOf(view: View): { text: string; title: string; color: string } {
  if (view.state === 'filled') return { text: '✓', title: texts.badge.filled(view.name), color: '#0b6b61' }
  if (view.state === 'filling' || view.state === 'choosing') return { text: '…', title: texts.badge.asking, color: '#4d5a58' }
  const code = view.state === 'trouble' ? view.code : view.state === 'keys' ? view.refused : null
  if (code !== null) return { text: '!', title: texts.badge.trouble(troubleText(code).title), color: '#b3261e' }
  if (view.state === 'keys' && view.keys.length !== 1) return { text: '?', title: texts.badge.choose, color: '#7a5000' }
  return { text: '', title: 'Latchkey', color: '#4d5a58' }
}
