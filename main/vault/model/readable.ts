/**
 * A text from outside, to be read by a person: cut, and with a mark for what cannot be seen, steers a terminal, or turns what is around
 * it. Cut first, for half of a sign is none.
 * @param maxLength UTF-16 units
 */
export function readable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
