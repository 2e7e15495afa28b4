import { webExtension } from '../web-extension.ts'

/** Walks a document as it is displayed (flat tree), including open and closed shadow roots. */

/** Every element of a root and of the shadow roots in it, in tree order. */
export function* elementsOf(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element
    const inner = shadowRootOf(element)
    if (inner) yield* elementsOf(inner)
  }
}

/** The parent of an element in the flat tree. Null for the document's root element. */
export function flatTreeParent(element: Element): Element | null {
  const { parentElement } = element
  if (parentElement) return slotOf(element, parentElement) ?? parentElement
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

export function isShownIn(inner: Element, outer: Element): boolean {
  for (let at: Element | null = inner; at; at = flatTreeParent(at)) if (at === outer) return true
  return false
}

/** The focused element of a document, in whatever shadow root it is. */
export function deepFocusedElement(document: Document): Element | null {
  let focused = document.activeElement
  for (;;) {
    const inner = focused && shadowRootOf(focused)?.activeElement
    if (!inner) return focused
    focused = inner
  }
}

/** The topmost element at a point, in whatever shadow root it is. */
export function elementAt(document: Document, x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y)
  for (;;) {
    const inner = hit && shadowRootOf(hit)?.elementFromPoint(x, y)
    if (!inner || inner === hit) return hit
    hit = inner
  }
}

/** Pages cannot look into a closed root, but its content covers a field all the same. Browsers open closed roots to extensions. */
function shadowRootOf(element: Element): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return null
  return element.shadowRoot ?? element.openOrClosedShadowRoot ?? webExtension.dom?.openOrClosedShadowRoot(element) ?? null
}

/** An element in a slot of a closed root does not report its slot. */
function slotOf(element: Element, host: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot
  const slots = shadowRootOf(host)?.querySelectorAll('slot') ?? []
  return [...slots].find((slot) => slot.assignedElements().includes(element)) ?? null
}

declare global {
  interface HTMLElement {
    /** Firefox only, and for extensions only. */
    readonly openOrClosedShadowRoot?: ShadowRoot | null
  }
}
