import { webExtension } from '../web-extension.ts'

/** Walks through a document as it is shown: shadow roots in their hosts' places, open and closed. */

/** Every element of a root and of the shadow roots in it, in the order of the tree. */
export function* elementsOf(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element
    const inner = shadowRootOf(element)
    if (inner) yield* elementsOf(inner)
  }
}

/** The element that an element is shown in; null for the outermost of its document. */
export function shownIn(element: Element): Element | null {
  const { parentElement } = element
  if (parentElement) return slotOf(element, parentElement) ?? parentElement
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

export function isShownIn(inner: Element, outer: Element): boolean {
  for (let at: Element | null = inner; at; at = shownIn(at)) if (at === outer) return true
  return false
}

/** The element that has the focus in a document, inside whatever shadow root it is. */
export function focusedIn(document: Document): Element | null {
  let focused = document.activeElement
  for (;;) {
    const inner = focused && shadowRootOf(focused)?.activeElement
    if (!inner) return focused
    focused = inner
  }
}

/** The topmost element at a point, inside whatever shadow root it is. */
export function elementAt(document: Document, x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y)
  for (;;) {
    const inner = hit && shadowRootOf(hit)?.elementFromPoint(x, y)
    if (!inner || inner === hit) return hit
    hit = inner
  }
}

/** A page's script cannot look into a closed root, but what is drawn there covers a field all the same: browsers open it to extensions. */
function shadowRootOf(element: Element): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return null
  return element.shadowRoot ?? element.openOrClosedShadowRoot ?? webExtension.dom?.openOrClosedShadowRoot(element) ?? null
}

/** A slot of a closed root does not say so at the element that it shows. */
function slotOf(element: Element, host: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot
  const slots = shadowRootOf(host)?.querySelectorAll('slot') ?? []
  return [...slots].find((slot) => slot.assignedElements().includes(element)) ?? null
}

declare global {
  interface HTMLElement {
    /** Firefox's, and for extensions alone. */
    readonly openOrClosedShadowRoot?: ShadowRoot | null
  }
}
