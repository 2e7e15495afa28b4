/** A piece of a sentence: text, or the index of a part. */
export type Piece = { readonly text: string } | { readonly part: number }

const mark = 0xe000 // private use area: no catalogue uses these characters

/**
 * Splits a sentence at the names in it, so that each can be rendered separately, wherever the language places it.
 * @param amount number of parts; sixteen at most
 */
export function splitSentence(sentence: (...parts: string[]) => string, amount: number): Piece[] {
  const marks = Array.from({ length: amount }, (_, place) => String.fromCharCode(mark + place))
  return sentence(...marks)
    .split(/([\ue000-\ue00f])/)
    .filter((text) => text !== '')
    .map((text) => (/^[\ue000-\ue00f]$/.test(text) ? { part: text.charCodeAt(0) - mark } : { text }))
}
