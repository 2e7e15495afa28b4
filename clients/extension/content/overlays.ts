import type { Point } from './box.ts'
import { isInside } from './box.ts'
import { elementsOf, isShownIn } from './flat-tree.ts'
import { backdropHides, coverage, minOpacity, paintsBeyond, pseudoStyles } from './paint.ts'
import { makeSolid, ignoresPointer } from './solid.ts'

/**
 * Hit testing ignores elements without pointer events: a picture over a field with `pointer-events: none`, or inside an `inert` element,
 * would hide it unnoticed. So such overlays take pointer events while the field is checked, and are restored synchronously: no script of
 * the page runs in between.
 */
export function withSolidOverlays<T>(field: Element, points: readonly Point[], look: () => T): T {
  return withSolid(
    overlays(field, points).filter((overlay) => coverage(overlay) > 1 - minOpacity),
    look,
  )
}

/**
 * How visible a field is at each point through translucent overlays: each of them hides little, but several can hide everything.
 * @param shows whether hit testing finds the field at a point
 */
export function visibilityThroughOverlays(field: Element, points: readonly Point[], shows: (point: Point) => boolean): Map<Point, number> {
  const seen = new Map(points.map((point) => [point, 1]))
  for (const overlay of overlays(field, points)) {
    const cover = coverage(overlay)
    if (cover > 1 - minOpacity) continue
    const under = withSolid([overlay], () => points.filter((point) => !shows(point)))
    for (const point of under) seen.set(point, (seen.get(point) ?? 1) * (1 - cover))
  }
  return seen
}

function withSolid<T>(elements: readonly Element[], look: () => T): T {
  const restore: (() => void)[] = []
  try {
    for (const element of elements) restore.push(...makeSolid(element))
    return look()
  } finally {
    for (const undo of restore.reverse()) undo()
  }
}

/** Shadows and outlines are painted outside the element's box, where hit testing does not find them. */
export function isUnderShadow(field: Element, points: readonly Point[]): boolean {
  for (const element of elementsOf(field.ownerDocument)) {
    const beyond = paintsBeyond(getComputedStyle(element))
    if (beyond < 8 || isShownIn(field, element)) continue
    const { left, top, width, height } = element.getBoundingClientRect()
    const shadow = new DOMRect(left - beyond, top - beyond, width + 2 * beyond, height + 2 * beyond)
    if (points.some((point) => isInside(shadow, point))) return true
  }
  return false
}

/** An element in the top layer can have a backdrop over the whole viewport, which takes no pointer events if the element is a popover. */
export function isUnderBackdrop(field: Element): boolean {
  for (const element of elementsOf(field.ownerDocument)) if (!isShownIn(field, element) && backdropHides(element)) return true
  return false
}

function overlays(field: Element, points: readonly Point[]): Element[] {
  const found: Element[] = []
  for (const element of elementsOf(field.ownerDocument)) {
    if (!ignoresPointer(element) || isShownIn(field, element) || isShownIn(element, field)) continue
    const isOver = (rect: DOMRect): boolean => points.some((point) => isInside(rect, point))
    const over = [element.getBoundingClientRect(), ...textBoxes(element)].some(isOver) || pseudoStyles(element).length > 0
    if (over && element.checkVisibility({ visibilityProperty: true }) && coverage(element) > 0) found.push(element)
  }
  return found
}

/** Text can extend beyond the box of a small element. */
function textBoxes(element: Element): DOMRect[] {
  const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
  return texts.map((text) => {
    const range = element.ownerDocument.createRange()
    range.selectNode(text)
    return range.getBoundingClientRect()
  })
}
