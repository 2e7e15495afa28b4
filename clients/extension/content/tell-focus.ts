/**
 * Tells a field's listeners that the focus came to it or left it, and leaves the focus where it is. The browser tells nobody while its
 * window is behind the app's, which asks the person just then.
 */
export function tellFocus(field: HTMLElement, way: 'in' | 'out'): void {
  field.dispatchEvent(new FocusEvent(way === 'in' ? 'focus' : 'blur', { composed: true }))
  field.dispatchEvent(new FocusEvent(way === 'in' ? 'focusin' : 'focusout', { bubbles: true, composed: true }))
}
