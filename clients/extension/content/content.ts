import { webExtension } from '../web-extension.ts'
import type { Found } from './find-field.ts'
import { findFields } from './find-field.ts'
import { focusOfTab, originChain } from './frames.ts'
import { type FieldObstacle, type FieldReport, type PageCalls, rank } from './page-calls.ts'
import { dispatchFocusEvents } from './focus-events.ts'
import { setValue } from './set-value.ts'
import { findObstacle } from './visible.ts'

/**
 * Injected into a page after a gesture of the user, and never before. It runs in the extension's isolated world: the page's script can
 * neither see nor call it. It registers no listeners, so that no event of the page can trigger anything.
 */
declare global {
  interface Window {
    latchkeyPage?: PageCalls
  }
}

interface Kept {
  readonly token: string
  readonly found: Found
}

let kept: Kept | null = null

function mostCertain(fields: readonly Found[]): Found | undefined {
  const [first] = fields
  // A focused field that cannot be filled is not skipped in favour of another one, because it is the one that the user means.
  if (first?.rank === rank.focused) return first
  return fields.find(({ box }) => [null, 'off-screen'].includes(findObstacle(box))) ?? first
}

/** For a field that was only found, being out of view is no obstacle: it can be scrolled into view. */
async function report(token: string, obstacle: FieldObstacle | null, evenOutOfView: boolean): Promise<void> {
  const inView = obstacle !== 'off-screen'
  const field = kept && { label: kept.found.label, rank: kept.found.rank, inView, obstacle: inView || evenOutOfView ? obstacle : null }
  const message: FieldReport = { kind: 'field', token, origins: originChain(), focus: focusOfTab(), field }
  await webExtension.runtime.sendMessage(message)
}

function intoView(found: Found): void {
  const { box, element } = found
  if (findObstacle(box) === 'off-screen') box.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  // The page's focus handlers run before the field is checked. No code of the page runs between the check and the filling.
  element.focus({ preventScroll: true })
  if (found.takes === 'value' && found.element.readOnly) dispatchFocusEvents(element, 'in')
}

window.latchkeyPage = {
  async find(token, chosen) {
    const focus = focusOfTab() === 'here' ? (chosen ? 'chosen' : 'focused') : 'none'
    const found = mostCertain(findFields(document, focus))
    kept = found ? { token, found } : null
    await report(token, found ? findObstacle(found.box) : null, false)
  },

  async look(token) {
    if (kept?.token !== token) return
    intoView(kept.found)
    await report(token, findObstacle(kept.found.box), true)
  },

  fill(token, value, origins) {
    if (kept?.token !== token || String(originChain()) !== String(origins)) return 'gone'
    const { found } = kept
    kept = null
    intoView(found)
    return findObstacle(found.box) ?? setValue(found, value)
  },
}
