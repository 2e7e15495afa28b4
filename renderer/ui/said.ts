/** A piece of a sentence: words of ours, or the part of it with that place in the list. */
export type Piece = { readonly text: string } | { readonly part: number }

const mark = 0xe000 // private use: no catalogue has these

/**
 * Takes a sentence apart that has names in it, so that each can be drawn by itself, wherever its language puts them.
 * @param amount of its parts; sixteen at most
 */
export function piecesOf(say: (...parts: string[]) => string, amount: number): Piece[] {
  const marks = Array.from({ length: amount }, (_, place) => String.fromCharCode(mark + place))
  return say(...marks)
    .split(/([\ue000-\ue00f])/)
    .filter((text) => text !== '')
    .map((text) => (/^[\ue000-\ue00f]$/.test(text) ? { part: text.charCodeAt(0) - mark } : { text }))
}
