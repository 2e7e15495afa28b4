import { focusedIn } from './flat-tree.ts'

/**
 * The origins from this frame outwards to the tab's, as the browser serialises them. An opaque one is "null", and so is one of another
 * site, which cannot be read from here: neither is ever filled in.
 */
export function originsOutward(): string[] {
  const origins: string[] = []
  let frame: Window = window
  for (;;) {
    origins.push(originOf(frame))
    if (frame === frame.parent) return origins
    frame = frame.parent
  }
}

/** Where the focus of the tab is: each frame around has it on the next one inwards. `foreign`: in a frame here of another site. */
export function focusOfTab(): 'here' | 'foreign' | 'elsewhere' {
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    const element = frameElement(frame)
    if (!element || focusedIn(element.ownerDocument) !== element) return 'elsewhere'
  }
  const focused = focusedIn(document)
  if (!(focused instanceof HTMLIFrameElement)) return 'here'
  return focused.contentDocument ? 'elsewhere' : 'foreign'
}

/** The element that shows a frame; null for the tab's own, and for one inside another site. */
export function frameElement(frame: Window): Element | null {
  try {
    return frame.frameElement
  } catch {
    return null // a sandboxed frame may not ask
  }
}

function originOf(frame: Window): string {
  try {
    return frame.origin
  } catch {
    return 'null'
  }
}
