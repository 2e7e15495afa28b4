/** Points of the viewport inside a field, at which it has to be visible. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** The minimum size in CSS pixels: a smaller field cannot be used by a person. */
export const minFieldSize = { width: 24, height: 10 }
/** The share of a field's points that has to be visible: an icon at its end or a label in it does not hide it. */
export const minVisibleShare = 2 / 3

const across = [0.05, 0.25, 0.5, 0.75, 0.95]
const down = [0.2, 0.5, 0.8]

/** A grid over a rectangle, its centre first. */
export function gridPoints(rect: DOMRect): Point[] {
  const grid = down.flatMap((y) => across.map((x) => ({ x: rect.left + rect.width * x, y: rect.top + rect.height * y })))
  return [{ x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }, ...grid]
}

/** Whether the centre and most of the other points pass a test. */
export function holdsAtMostPoints(points: readonly Point[], holds: (point: Point) => boolean): boolean {
  const [middle, ...others] = points.map(holds)
  return middle === true && others.filter(Boolean).length >= others.length * minVisibleShare
}

/**
 * Converts a point inside a frame to the surrounding document. In rotated or skewed frames the result is wrong, and the field counts as
 * hidden.
 */
export function toParentPoint(point: Point, frame: Element): Point {
  const rect = frame.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = frame as HTMLElement
  const scale = { x: rect.width / (offsetWidth || 1), y: rect.height / (offsetHeight || 1) }
  const style = getComputedStyle(frame)
  const inset = (side: 'Left' | 'Top'): number => parseFloat(style[`border${side}Width`]) + parseFloat(style[`padding${side}`])
  return { x: rect.left + (inset('Left') + point.x) * scale.x, y: rect.top + (inset('Top') + point.y) * scale.y }
}

export function isInside(rect: DOMRect, { x, y }: Point): boolean {
  return x >= rect.left && x < rect.right && y >= rect.top && y < rect.bottom
}
