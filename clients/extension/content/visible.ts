import type { Point } from './box.ts'
import { isInside, minFieldSize, holdsAtMostPoints, toParentPoint, gridPoints } from './box.ts'
import { elementAt, isShownIn, flatTreeParent } from './flat-tree.ts'
import { frameElement } from './frames.ts'
import { isUnderBackdrop, isUnderShadow, visibilityThroughOverlays, withSolidOverlays } from './overlays.ts'
import type { FieldObstacle } from './page-calls.ts'
import { isPaintedAway, minOpacity, opacityOf, paintsGround } from './paint.ts'
import { isUnderPseudo, isUnderPseudoShadow } from './pseudo-covers.ts'

/**
 * A value goes only into a field that the user can see: hidden fields are how pages steal values that were meant for another field. Each
 * frame around the field has to be visible in the same way, at the points where the field is.
 * @param box the field, or the visible box of an editor
 * @returns null if it is visible
 */
export function findObstacle(box: Element): FieldObstacle | null {
  if (!box.isConnected) return 'gone'
  const rect = box.getBoundingClientRect()
  return barredAt(box, gridPoints(rect), { width: rect.width, height: rect.height })
}

function barredAt(element: Element, points: readonly Point[], size: { width: number; height: number }): FieldObstacle | null {
  if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return 'hidden'
  if (opacityOf(element) < minOpacity || isPaintedAway(element)) return 'transparent'
  if (size.width < minFieldSize.width || size.height < minFieldSize.height) return 'tiny'
  const view = element.ownerDocument.defaultView
  if (!view) return 'gone'
  const inView = new DOMRect(0, 0, view.innerWidth, view.innerHeight)
  if (!holdsAtMostPoints(points, (point) => isInside(inView, point))) return 'off-screen'
  if (!isSeen(element, points) || isUnderShadow(element, points) || isUnderBackdrop(element)) return 'covered'
  if (isUnderPseudo(element, points, labelsBeside(element)) || isUnderPseudoShadow(element, points)) return 'covered'
  if (view === view.parent) return null
  const frame = frameElement(view)
  if (!frame) return 'other-frame'
  const { width, height } = frame.getBoundingClientRect()
  const shrunk = { width: size.width * (width / view.innerWidth), height: size.height * (height / view.innerHeight) }
  return barredAt(
    frame,
    points.map((point) => toParentPoint(point, frame)),
    shrunk,
  )
}

function isSeen(element: Element, points: readonly Point[]): boolean {
  const labels = labelsBeside(element)
  const shows = ({ x, y }: Point): boolean => {
    const hit = elementAt(element.ownerDocument, x, y)
    return hit !== null && (isShownIn(hit, element) || labels.some((label) => isTextOf(hit, label)))
  }
  if (!holdsAtMostPoints(points, shows) || !withSolidOverlays(element, points, () => holdsAtMostPoints(points, shows))) return false
  const seen = visibilityThroughOverlays(element, points, shows)
  return holdsAtMostPoints(points, (point) => (seen.get(point) ?? 1) >= minOpacity)
}

/** The field's labels, except those that contain it: many frameworks place the label inside the field. */
function labelsBeside(element: Element): Element[] {
  return [...((element as HTMLInputElement).labels ?? [])].filter((label) => !isShownIn(element, label))
}

/** Whether a point hits a label that paints only its text there. */
function isTextOf(hit: Element, label: Element): boolean {
  for (let at: Element | null = hit; at; at = flatTreeParent(at)) {
    if (paintsGround(at)) return false
    if (at === label) return true
  }
  return false
}
