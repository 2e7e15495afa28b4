import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'

/** Why a text cannot be stored as a value: `unreadable` has characters that are in no text file. */
export type ValueFault = 'empty' | 'too-long' | 'unreadable'

/**
 * @param maxBytes bytes of a value that the keychain in use takes
 * @returns null if the text can be stored
 */
export function valueFault(text: string, maxBytes: number): ValueFault | null {
  if (text === '') return 'empty'
  if (Buffer.byteLength(text) > maxBytes) return 'too-long'
  return /[\0\ud800-\udfff]/u.test(text) ? 'unreadable' : null
}

/**
 * Removes white space around a value of one line, which was copied along with it. A value of several lines stays as it is: files such as
 * private keys end with a line end.
 * @throws Refusal `value-unreadable` or `value-too-long`
 */
export function parseValue(typed: Secret, maxBytes: number): Secret {
  const text = typed.expose()
  const single = text.trim()
  const value = /[\r\n]/.test(single) ? text : single
  const fault = valueFault(value, maxBytes)
  if (fault !== null) throw new Refusal(fault === 'too-long' ? 'value-too-long' : 'value-unreadable')
  return new Secret(value)
}
