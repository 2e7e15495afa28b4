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
