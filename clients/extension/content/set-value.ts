import type { Found } from './find-field.ts'
import type { SetResult } from './page-calls.ts'
import { dispatchFocusEvents } from './focus-events.ts'

/** A scheme that the field already contains is kept, and the key follows it. */
const scheme = /^\s*(bearer|token|api-?key|key)\s+/i

/**
 * Sets a field's value as if it had been typed. Forms of React, Vue, Svelte and Angular listen to `input` only; others listen to key events
 * or blur. All events are sent after the value was set: no handler of the page may run between the check of the field and its filling.
 */
export function setValue(found: Found, value: string): SetResult {
  // Editors keep their content in their own state and accept input events only.
  if (found.takes === 'typing') return document.execCommand('insertText', false, value) ? 'filled' : 'not-kept'
  const field = found.element
  if (field.readOnly) return 'locked-field'
  const whole = `${scheme.exec(field.value)?.[0] ?? ''}${value}`
  if (field.maxLength >= 0 && whole.length > field.maxLength) return 'too-long'
  // Browsers remember the content of text fields for suggestions, and store it on disk with the tab. This attribute prevents that.
  if (field.type !== 'password') field.setAttribute('autocomplete', 'off')
  // The prototype's own setter: React overrides the one of the element, and ignores a value set through it as already known.
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, whole)
  // The events do not contain the value, because any listener in the page can see them.
  const key = { key: 'Unidentified', bubbles: true, composed: true }
  field.dispatchEvent(new KeyboardEvent('keydown', key))
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }))
  field.dispatchEvent(new KeyboardEvent('keyup', key))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  dispatchFocusEvents(field, 'out')
  return field.value === whole ? 'filled' : 'not-kept'
}
