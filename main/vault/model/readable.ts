/**
 * A text from outside, to be read by a person: cut, and with a mark for what cannot be seen, steers a terminal, or turns what is around
 * it. Cut first, for half of a sign is none.
 * @param most UTF-16 units
 */
export function readable(text: string, most: number): string {
  return text.slice(0, most).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
