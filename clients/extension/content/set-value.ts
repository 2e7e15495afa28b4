import type { Found } from './find-field.ts'

/** A scheme that the field already has is kept: what follows it is the key. */
const scheme = /^\s*(bearer|token|api-?key|key)\s+/i

/** `not-kept`: the page put something else in its place. `too-long`: the field would not have taken it from a person. */
export type Setting = 'filled' | 'not-kept' | 'too-long'

/** Puts a value into a field as if it had been typed. Forms of React, Vue, Svelte and Angular learn of it by the event alone. */
export function setValue(found: Found, value: string): Setting {
  // Editors keep what they show to themselves, and only take what comes in as typing does.
  if (found.takes === 'typing') return document.execCommand('insertText', false, value) ? 'filled' : 'not-kept'
  const field = found.element
  const whole = `${scheme.exec(field.value)?.[0] ?? ''}${value}`
  if (field.maxLength >= 0 && whole.length > field.maxLength) return 'too-long'
  // A browser keeps what is in a text field: for its next suggestions, and on disk with the tab. Not where it is told not to.
  if (field.type !== 'password') field.setAttribute('autocomplete', 'off')
  // The prototype's own setter: React puts one of its own over it, and takes a value set through that for one that it already knows.
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, whole)
  // The event says nothing of the value: it goes through whatever listens anywhere in the page.
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  return field.value === whole ? 'filled' : 'not-kept'
}
