import { webExtension } from '../web-extension.ts'
import type { Found } from './find-field.ts'
import { findFields } from './find-field.ts'
import { focusOfTab, originsOutward } from './frames.ts'
import { type FieldReport, type PageCalls, rank } from './page-calls.ts'
import { tellFocus } from './tell-focus.ts'
import { setValue } from './set-value.ts'
import type { Barred } from './visible.ts'
import { barred } from './visible.ts'

/**
 * Injected into a page once a person has made a gesture, and never before. It lives in the extension's own world of the page: the
 * page's script sees nothing of it and cannot call it. It listens to nothing, so that no event of the page's making starts anything.
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

function surest(fields: readonly Found[]): Found | undefined {
  const [first] = fields
  // A focused field that is barred is not passed over for another one: it is the one that the person means.
  if (first?.rank === rank.focused) return first
  return fields.find(({ box }) => [null, 'off-screen'].includes(barred(box))) ?? first
}

/** Out of view is no bar to a field that was only found: it may be a matter of scrolling. */
async function report(token: string, bar: Barred | null, barredOutOfView: boolean): Promise<void> {
  const inView = bar !== 'off-screen'
  const field = kept && { label: kept.found.label, rank: kept.found.rank, inView, barred: inView || barredOutOfView ? bar : null }
  const message: FieldReport = { kind: 'field', token, origins: originsOutward(), focus: focusOfTab(), field }
  await webExtension.runtime.sendMessage(message)
}

function intoView(found: Found): void {
  const { box, element } = found
  if (barred(box) === 'off-screen') box.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  // What the page does on focus is done before the field is looked at, and nothing of the page runs between that and the filling.
  element.focus({ preventScroll: true })
  if (found.takes === 'value' && found.element.readOnly) tellFocus(element, 'in')
}

window.latchkeyPage = {
  async find(token, chosen) {
    const focus = focusOfTab() === 'here' ? (chosen ? 'chosen' : 'focused') : 'none'
    const found = surest(findFields(document, focus))
    kept = found ? { token, found } : null
    await report(token, found ? barred(found.box) : null, false)
  },

  async look(token) {
    if (kept?.token !== token) return
    intoView(kept.found)
    await report(token, barred(kept.found.box), true)
  },

  fill(token, value, origins) {
    if (kept?.token !== token || String(originsOutward()) !== String(origins)) return 'gone'
    const { found } = kept
    kept = null
    intoView(found)
    return barred(found.box) ?? setValue(found, value)
  },
}
