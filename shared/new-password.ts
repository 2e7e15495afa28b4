/**
 * Whether a text may be a new password: 6 to 128 characters, counted as Unicode code points. This is the service's rule. JavaScript's `length`
 * counts one character outside the Basic Multilingual Plane, such as most emoji, as two.
 */
export function isNewPassword(text: string): boolean {
  const { length } = [...text]
  return length >= 6 && length <= 128
}
