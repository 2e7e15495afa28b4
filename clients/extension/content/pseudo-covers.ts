import type { Point } from './box.ts'
import { isInside, holdsAtMostPoints } from './box.ts'
import { elementAt, elementsOf, isShownIn } from './flat-tree.ts'
import { paintsBeyond, pseudoElements, pseudoHides, type PseudoElement } from './paint.ts'
import { makeNotInert, ignoresPointer, setStyle } from './solid.ts'

interface Cover {
  readonly host: Element
  readonly pseudo: PseudoElement
}

/** A shadow that reaches further than this, in pixels, counts as a cover wherever its pseudo-element is. */
const farReach = 16

/**
 * Hit testing does not find a pseudo-element with `pointer-events: none`, and does not distinguish a label's pseudo-element from the label.
 * So each opaque pseudo-element gets pointer events while its element has none: a hit on the element is then one on its pseudo-element.
 * This is restored synchronously. A pseudo-element that cannot be changed, for example because of the page's `!important`, counts as a
 * cover.
 */
export function isUnderPseudo(field: Element, points: readonly Point[], labels: readonly Element[]): boolean {
  const covers = [...elementsOf(field.ownerDocument)].flatMap((host) => coversOf(host, field, labels))
  if (covers.length === 0) return false
  const restore: (() => void)[] = []
  try {
    for (const { host } of covers) {
      restore.push(...makeNotInert(host), setStyle(host, 'interactivity', 'auto'), setStyle(host, 'pointer-events', 'none'))
    }
    restore.push(setStyle(field, 'pointer-events', 'auto')) // it may be inside one of them
    for (const cover of covers) restore.push(animated(cover))
    if (!covers.every(isSolid)) return true
    const hosts = new Set(covers.map(({ host }) => host))
    const shows = ({ x, y }: Point): boolean => {
      const hit = elementAt(field.ownerDocument, x, y)
      return hit === null || !hosts.has(hit)
    }
    return !holdsAtMostPoints(points, shows)
  } finally {
    for (const undo of restore.reverse()) undo()
  }
}

/** Hit testing does not find shadows, and the position of a pseudo-element cannot be read. */
export function isUnderPseudoShadow(field: Element, points: readonly Point[]): boolean {
  for (const host of elementsOf(field.ownerDocument)) {
    if (isShownIn(host, field)) continue
    const beyond = Math.max(0, ...pseudoElements(host).map(({ style }) => (style.visibility === 'visible' ? paintsBeyond(style) : 0)))
    if (beyond > farReach) return true
    if (beyond < 8) continue
    const { left, top, width, height } = host.getBoundingClientRect()
    const shadow = new DOMRect(left - beyond, top - beyond, width + 2 * beyond, height + 2 * beyond)
    if (!isShownIn(field, host) && points.some((point) => isInside(shadow, point))) return true
  }
  return false
}

function coversOf(host: Element, field: Element, labels: readonly Element[]): Cover[] {
  if (isShownIn(host, field)) return []
  const ofLabel = labels.some((label) => isShownIn(host, label))
  return pseudoElements(host)
    .filter((pseudo) => (ofLabel || !isSolid({ host, pseudo }) || ignoresPointer(host)) && pseudoHides(host, pseudo))
    .map((pseudo) => ({ host, pseudo }))
}

/** Uses an animation, which changes nothing in the document and which no policy of the page can forbid. */
function animated({ host, pseudo }: Cover): () => void {
  const animation = host.animate(
    { pointerEvents: ['auto', 'auto'], interactivity: ['auto', 'auto'] },
    { pseudoElement: pseudo.name, duration: 1e9, fill: 'both' },
  )
  return () => animation.cancel()
}

function isSolid({ host, pseudo }: Cover): boolean {
  const style = getComputedStyle(host, pseudo.name)
  return style.pointerEvents !== 'none' && style.getPropertyValue('interactivity') !== 'inert'
}
