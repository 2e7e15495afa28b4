import { shownIn } from './flat-tree.ts'

/** Elements are made to take the pointer while a field is looked at, and given back in the same turn. */

export function takesNoPointer(element: Element): boolean {
  const style = getComputedStyle(element)
  return style.pointerEvents === 'none' || style.getPropertyValue('interactivity') === 'inert' || inertAround(element).length > 0
}

function inertAround(element: Element): Element[] {
  const around: Element[] = []
  for (let at: Element | null = element; at; at = shownIn(at)) if (at.hasAttribute('inert')) around.push(at)
  return around
}

/** By the properties and not by the attribute, which a page's policy may forbid to write. */
const solid = [
  ['pointer-events', 'auto'],
  ['interactivity', 'auto'],
] as const

export function madeSolid(element: Element): (() => void)[] {
  return [...solid.map(([property, value]) => written(element, property, value)), ...madeNotInert(element)]
}

/** @returns what undoes it */
export function madeNotInert(element: Element): (() => void)[] {
  return inertAround(element).map((holder) => {
    const value = holder.getAttribute('inert') ?? ''
    holder.removeAttribute('inert')
    return () => holder.setAttribute('inert', value)
  })
}

/** @returns what undoes it */
export function written(element: Element, property: string, value: string): () => void {
  const { style } = element as HTMLElement | SVGElement
  const before = { value: style.getPropertyValue(property), priority: style.getPropertyPriority(property) }
  const hadNone = element.getAttribute('style') === null
  style.setProperty(property, value, 'important')
  return () => {
    style.setProperty(property, before.value, before.priority)
    // Read first: an attribute that was never written out is else left behind, empty.
    if (hadNone && element.getAttribute('style') !== null) element.removeAttribute('style')
  }
}
