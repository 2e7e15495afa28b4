import { flatTreeParent } from './flat-tree.ts'

/** A field whose total opacity is lower counts as transparent. */
export const minOpacity = 0.7

const replaced = new Set([
  'img',
  'picture',
  'canvas',
  'video',
  'svg',
  'iframe',
  'object',
  'embed',
  'input',
  'textarea',
  'select',
  'button',
  'progress',
  'meter',
])

/** The effective opacity of an element: its own multiplied by that of all its ancestors, filters included. */
export function opacityOf(element: Element): number {
  let opacity = 1
  for (let at: Element | null = element; at; at = flatTreeParent(at)) {
    const style = getComputedStyle(at)
    opacity *= Number(style.opacity)
    for (const [, amount = '1', percent] of style.filter.matchAll(/opacity\(([\d.]+)(%?)\)/g)) {
      opacity *= percent ? Number(amount) / 100 : Number(amount)
    }
  }
  return opacity
}

/** A mask, filter or blend mode can hide any part of an element, and hit testing does not notice. */
export function isPaintedAway(element: Element): boolean {
  const filters: string[] = []
  for (let at: Element | null = element; at; at = flatTreeParent(at)) {
    const style = getComputedStyle(at)
    const masks = [style.maskImage, style.getPropertyValue('-webkit-mask-box-image-source'), style.getPropertyValue('mask-border-source')]
    if (masks.some((mask) => mask !== '' && mask !== 'none')) return true
    if (style.mixBlendMode !== 'normal' && style.mixBlendMode !== '') return true
    filters.push(style.filter)
  }
  return !leavesReadable(filters.join(' '))
}

/** These filters change colours but keep contrast. */
const harmlessFilters = new Set(['none', 'grayscale', 'sepia', 'saturate', 'hue-rotate', 'drop-shadow', 'opacity'])

/**
 * @param filters as computed, nested ones joined
 * @returns whether dark and light can still be told apart. A filter defined by the page, as `url()`, can paint anything.
 */
function leavesReadable(filters: string): boolean {
  let [contrast, brightness, blur] = [1, 1, 0]
  for (const [, name = '', amount = ''] of filters.matchAll(/([a-z-]+)(?:\(((?:[^()]|\([^()]*\))*)\))?/g)) {
    const value = parseFloat(amount) / (amount.endsWith('%') ? 100 : 1)
    if (name === 'brightness') brightness *= value
    else if (name === 'contrast') contrast *= value
    else if (name === 'invert') contrast *= Math.abs(1 - 2 * Math.min(1, value))
    else if (name === 'blur') blur += value
    else if (!harmlessFilters.has(name)) return false
  }
  return contrast >= 0.5 && contrast <= 2 && brightness >= 0.5 && brightness <= 1.5 && blur <= 1
}

/** How much of what is below it an element covers, from 0 to 1. A frame of lines around a field covers nothing. */
export function coverage(element: Element): number {
  const opacity = opacityOf(element)
  const styles = [getComputedStyle(element), ...pseudoStyles(element)]
  const own = replaced.has(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || hasText(element)
  return own ? opacity : opacity * Math.max(...styles.map(fillOf))
}

export function backdropHides(element: Element): boolean {
  if (!isInTopLayer(element)) return false
  const style = getComputedStyle(element, '::backdrop')
  return style.display !== 'none' && Number(style.opacity) > 1 - minOpacity && fills(style, Number(style.opacity))
}

function isInTopLayer(element: Element): boolean {
  return (
    element.matches(':modal') || element.matches(':fullscreen') || (element.hasAttribute('popover') && element.matches(':popover-open'))
  )
}

/** An existing pseudo-element and its computed style. */
export interface PseudoElement {
  readonly name: '::before' | '::after'
  readonly style: CSSStyleDeclaration
}

export function pseudoElements(element: Element): PseudoElement[] {
  return (['::before', '::after'] as const)
    .map((name) => ({ name, style: getComputedStyle(element, name) }))
    .filter(({ style: { content, display } }) => content !== 'none' && content !== 'normal' && content !== '' && display !== 'none')
}

export function pseudoStyles(element: Element): CSSStyleDeclaration[] {
  return pseudoElements(element).map(({ style }) => style)
}

/** Whether a pseudo-element covers so much that what is below it is invisible. */
export function pseudoHides(element: Element, { style }: PseudoElement): boolean {
  const opacity = opacityOf(element) * Number(style.opacity)
  return style.visibility === 'visible' && opacity > 1 - minOpacity && fills(style, opacity)
}

/** Whether an element paints a background of its own. Text alone, such as a label inside its field, leaves the field visible. */
export function paintsGround(element: Element): boolean {
  const opacity = opacityOf(element)
  return opacity > 1 - minOpacity && (replaced.has(element.localName) || fills(getComputedStyle(element), opacity))
}

function fills(style: CSSStyleDeclaration, opacity: number): boolean {
  return fillOf(style) * opacity > 1 - minOpacity
}

function fillOf(style: CSSStyleDeclaration): number {
  const thick = ['Top', 'Right', 'Bottom', 'Left'] as const
  const isFull =
    style.backgroundImage !== 'none' ||
    (style.backdropFilter ?? 'none') !== 'none' ||
    style.boxShadow.includes('inset') ||
    (style.content !== 'normal' && style.content !== 'none' && !/^["']\s*["']$/.test(style.content)) ||
    thick.some((side) => parseFloat(style[`border${side}Width`]) >= 8)
  return isFull ? 1 : alphaOf(style.backgroundColor)
}

/** How far outside its box, in pixels, an element paints an opaque shadow, outline or border. */
export function paintsBeyond(style: CSSStyleDeclaration): number {
  const dropped = [...style.filter.matchAll(/drop-shadow\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, shadow = '']) => shadow)
  const shadows = [style.boxShadow, style.textShadow].filter((all) => all !== 'none').flatMap((all) => all.split(/,(?![^(]*\))/))
  const reaches = [...shadows, ...dropped].map((shadow) => {
    if (shadow.includes('inset') || alphaOf(shadow) <= 0.5) return 0
    const [x = 0, y = 0, , spread = 0] = [...shadow.matchAll(/(-?[\d.]+)px/g)].map(([, length]) => Number(length))
    return Math.max(Math.abs(x), Math.abs(y)) + spread
  })
  const outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth) + Math.max(0, parseFloat(style.outlineOffset))
  const outset = style.borderImageSource === 'none' ? 0 : Math.max(...style.borderImageOutset.split(' ').map((side) => parseFloat(side)))
  return Math.max(0, outline, outset, ...reaches)
}

/** The alpha of the first colour in a computed value, which browsers write as rgb() or color(). */
function alphaOf(value: string): number {
  const [, given] = /(?:rgba?|color|oklch|oklab|lab|lch)\(([^)]*)\)/.exec(value) ?? []
  if (given === undefined) return 1
  const [, alpha] = /[,/]\s*([\d.]+)$/.exec(given.includes('/') || given.split(',').length === 4 ? given : '') ?? []
  return alpha === undefined ? 1 : Number(alpha)
}

function hasText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.textContent ?? ''))
}
