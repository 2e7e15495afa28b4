import { deepFocusedElement } from './flat-tree.ts'
import type { FocusPlace } from './page-calls.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * The origins from this frame up to the tab's, as the browser serialises them. An opaque origin is "null", and so is one of another site,
 * which cannot be read from here. Neither is ever filled in.
 */
export function originChain(): string[] {
  const origins: string[] = []
  let frame: Window = window
  for (;;) {
    origins.push(originOf(frame))
    if (frame === frame.parent) return origins
    frame = frame.parent
  }
}

/** Where the focus of the tab is: each ancestor frame has it on the next frame inside. */
export function focusOfTab(): FocusPlace {
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    const element = frameElement(frame)
    if (!element || deepFocusedElement(element.ownerDocument) !== element) return 'elsewhere'
  }
  const focused = deepFocusedElement(document)
  if (!(focused instanceof HTMLIFrameElement)) return 'here'
  return focused.contentDocument ? 'elsewhere' : 'foreign'
}

/** The element that contains a frame. Null for the top frame, and for a frame inside another site. */
export function frameElement(frame: Window): Element | null {
  return orElse(() => frame.frameElement, null) // not allowed in a sandboxed frame
}

function originOf(frame: Window): string {
  return orElse(() => frame.origin, 'null')
}
