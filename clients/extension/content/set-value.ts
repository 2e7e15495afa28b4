import type { Found } from './find-field.ts'
import type { Setting } from './page-calls.ts'
import { tellFocus } from './tell-focus.ts'

/** A scheme that the field already has is kept: what follows it is the key. */
const scheme = /^\s*(bearer|token|api-?key|key)\s+/i

/**
 * Puts a value into a field as if it had been typed. Forms of React, Vue, Svelte and Angular learn of it by `input` alone; others look
 * at their field when a key is pressed or let go, or when the focus leaves it. All of it comes after the value is in: what a page does
 * on an event must not come between the look at the field and its filling.
 */
export function setValue(found: Found, value: string): Setting {
  // Editors keep what they show to themselves, and only take what comes in as typing does.
  if (found.takes === 'typing') return document.execCommand('insertText', false, value) ? 'filled' : 'not-kept'
  const field = found.element
  if (field.readOnly) return 'locked-field'
  const whole = `${scheme.exec(field.value)?.[0] ?? ''}${value}`
  if (field.maxLength >= 0 && whole.length > field.maxLength) return 'too-long'
  // A browser keeps what is in a text field: for its next suggestions, and on disk with the tab. Not where it is told not to.
  if (field.type !== 'password') field.setAttribute('autocomplete', 'off')
  // The prototype's own setter: React puts one of its own over it, and takes a value set through that for one that it already knows.
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, whole)
  // The events say nothing of the value: they go through whatever listens anywhere in the page.
  const key = { key: 'Unidentified', bubbles: true, composed: true }
  field.dispatchEvent(new KeyboardEvent('keydown', key))
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }))
  field.dispatchEvent(new KeyboardEvent('keyup', key))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  tellFocus(field, 'out')
  return field.value === whole ? 'filled' : 'not-kept'
}
