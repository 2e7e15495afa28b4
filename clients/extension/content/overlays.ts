import type { Point } from './box.ts'
import { isInside } from './box.ts'
import { elementsOf, isShownIn } from './flat-tree.ts'
import { backdropHides, hidesWhatIsUnder, paintsBeyond, pseudoStyles } from './paint.ts'
import { madeSolid, takesNoPointer } from './solid.ts'

/**
 * Hit testing goes through what takes no pointer: a picture laid over a field with `pointer-events: none`, or inside something
 * `inert`, hides it unnoticed. So such overlays are made to take the pointer while the field is looked at, and given back in the
 * same turn: a page's own script runs at no moment in between.
 */
export function withOverlaysSolid<T>(field: Element, points: readonly Point[], look: () => T): T {
  const restore: (() => void)[] = []
  try {
    for (const overlay of overlays(field, points)) restore.push(...madeSolid(overlay))
    return look()
  } finally {
    for (const undo of restore.reverse()) undo()
  }
}

/** A shadow or an outline is painted outside its box, where no hit testing finds it. */
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

/** What is shown in the top layer can have a backdrop over the whole view, which takes no pointer at a popover. */
export function isUnderBackdrop(field: Element): boolean {
  for (const element of elementsOf(field.ownerDocument)) if (!isShownIn(field, element) && backdropHides(element)) return true
  return false
}

function overlays(field: Element, points: readonly Point[]): Element[] {
  const found: Element[] = []
  for (const element of elementsOf(field.ownerDocument)) {
    if (!takesNoPointer(element) || isShownIn(field, element) || isShownIn(element, field)) continue
    const rect = element.getBoundingClientRect()
    const over = points.some((point) => isInside(rect, point)) || pseudoStyles(element).length > 0
    if (over && element.checkVisibility({ visibilityProperty: true }) && hidesWhatIsUnder(element)) found.push(element)
  }
  return found
}
