import { flatTreeParent } from './flat-tree.ts'

/** Gives elements pointer events while a field is checked. They are restored synchronously. */

export function ignoresPointer(element: Element): boolean {
  const style = getComputedStyle(element)
  return style.pointerEvents === 'none' || style.getPropertyValue('interactivity') === 'inert' || inertAround(element).length > 0
}

function inertAround(element: Element): Element[] {
  const around: Element[] = []
  for (let at: Element | null = element; at; at = flatTreeParent(at)) if (at.hasAttribute('inert')) around.push(at)
  return around
}

/** Set as properties and not as an attribute, which a page's policy may forbid. */
const solid = [
  ['pointer-events', 'auto'],
  ['interactivity', 'auto'],
] as const

export function makeSolid(element: Element): (() => void)[] {
  return [...solid.map(([property, value]) => setStyle(element, property, value)), ...makeNotInert(element)]
}

/** @returns functions that undo it */
export function makeNotInert(element: Element): (() => void)[] {
  return inertAround(element).map((holder) => {
    const value = holder.getAttribute('inert') ?? ''
    holder.removeAttribute('inert')
    return () => holder.setAttribute('inert', value)
  })
}

/** @returns a function that undoes it */
export function setStyle(element: Element, property: string, value: string): () => void {
  const { style } = element as HTMLElement | SVGElement
  const before = { value: style.getPropertyValue(property), priority: style.getPropertyPriority(property) }
  const hadNone = element.getAttribute('style') === null
  style.setProperty(property, value, 'important')
  return () => {
    style.setProperty(property, before.value, before.priority)
    // Read first: without this, an attribute that was never serialised would remain as an empty one.
    if (hadNone && element.getAttribute('style') !== null) element.removeAttribute('style')
  }
}
