/**
 * Sends focus events to a field's listeners without moving the focus. The browser sends none while its window is behind the app's, which
 * shows the prompt just then.
 */
export function dispatchFocusEvents(field: HTMLElement, way: 'in' | 'out'): void {
  field.dispatchEvent(new FocusEvent(way === 'in' ? 'focus' : 'blur', { composed: true }))
  field.dispatchEvent(new FocusEvent(way === 'in' ? 'focusin' : 'focusout', { bubbles: true, composed: true }))
}
