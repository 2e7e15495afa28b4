/** Walks through a document as it is shown: open shadow roots in their hosts' places. */

/** Every element of a root and of the open shadow roots in it, in the order of the tree. */
export function* elementsOf(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element
    if (element.shadowRoot) yield* elementsOf(element.shadowRoot)
  }
}

/** The element that an element is shown in; null for the outermost of its document. */
export function shownIn(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot
  if (element.parentElement) return element.parentElement
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
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  return focused
}

/** The topmost element at a point, inside whatever shadow root it is. */
export function elementAt(document: Document, x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y)
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y)
    if (!inner || inner === hit) break
    hit = inner
  }
  return hit
}
