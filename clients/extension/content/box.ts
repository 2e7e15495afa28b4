/** Points of the view that a field takes up, which have to show it. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** Less than this, in CSS pixels, is no field that a person would use. */
export const least = { width: 24, height: 10 }
/** Of the points of a field, the share that has to show it: an icon at its end, or a label in it, hides nothing. */
export const shareSeen = 2 / 3

const across = [0.05, 0.25, 0.5, 0.75, 0.95]
const down = [0.2, 0.5, 0.8]

/** A grid over a rectangle, its middle first. */
export function pointsOf(rect: DOMRect): Point[] {
  const grid = down.flatMap((y) => across.map((x) => ({ x: rect.left + rect.width * x, y: rect.top + rect.height * y })))
  return [{ x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }, ...grid]
}

/** The middle and most of the others. */
export function mostOf(points: readonly Point[], holds: (point: Point) => boolean): boolean {
  const [middle, ...others] = points.map(holds)
  return middle === true && others.filter(Boolean).length >= others.length * shareSeen
}

/** A point inside a frame as a point of the document around it. Turned or skewed frames come out wrong, and are not seen. */
export function outward(point: Point, frame: Element): Point {
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
