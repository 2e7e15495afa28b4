import { texts } from '../../i18n/texts.svelte.ts'

/** A stretch of text: shown as it is, or named because it would be invisible or misleading. */
export interface Piece {
  readonly text: string
  readonly named: boolean
}

/** A piece that belongs to the identifying end of the text, such as the program's name in a path, or to what precedes it. */
export interface AbridgedPiece extends Piece {
  readonly lead: boolean
}

/** `hidden`: how many pieces or characters are left out between the two ends. */
export interface AbridgedText {
  readonly head: readonly AbridgedPiece[]
  readonly hidden: number
  readonly tail: readonly AbridgedPiece[]
}

/**
 * Characters that are invisible, look like a space, or reverse the direction of their neighbours: repeated, leading and trailing spaces,
 * controls, format characters such as bidirectional marks, fillers, private and unassigned characters, lone surrogates, and more combining
 * marks on one letter than any script needs.
 */
const invisible = /^ +| +$| {2,}|([\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc]|(?! )\p{Zs})\1*|(?<=\p{M}{2})(\p{M})\2*/gu
/** Where paths and addresses are split. Each part is isolated, so that right-to-left letters cannot move to another part. */
const separators = /(?<=[/\\:.,@?#=& ])|(?=[/\\:.,@?#=& ])/u

/** The width in characters from which the middle is left out (more than a host name can have), and the width of each end that stays. */
const maxWidth = 280
const endWidth = 130

/**
 * Splits untrusted text into pieces that show every character for what it is. Two different texts never look the same.
 * @param text a name, path, address or command, with any characters that the requester put in
 */
export function visiblePieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const { 0: run, index } of text.matchAll(invisible)) {
    pieces.push(...plainly(text.slice(done, index)), { text: nameOf(run), named: true })
    done = index + run.length
  }
  return [...pieces, ...plainly(text.slice(done))]
}

/**
 * Splits a text into pieces and leaves out the middle of a very long one. Both ends stay, because both identify it.
 * @param identifying how many characters at its end identify it
 * @param whole true to leave nothing out
 */
export function abridge(text: string, identifying: number, whole = false): AbridgedText {
  const at = Math.max(0, text.length - identifying)
  const parts = [
    { lead: true, pieces: visiblePieces(text.slice(0, at)) },
    { lead: false, pieces: visiblePieces(text.slice(at)) },
  ]
  const pieces = parts.flatMap(({ lead, pieces: some }) => some.map((piece) => ({ ...piece, lead })))
  if (whole || pieces.reduce((sum, piece) => sum + widthOf(piece), 0) <= maxWidth) return { head: [], hidden: 0, tail: pieces }
  const single = pieces.flatMap((piece) => (piece.named ? [piece] : [...piece.text].map((character) => ({ ...piece, text: character }))))
  const head = within(single, endWidth)
  const tail = within([...single].reverse(), endWidth).reverse()
  return { head: joined(head), hidden: single.length - head.length - tail.length, tail: joined(tail) }
}

function plainly(text: string): Piece[] {
  return text === '' ? [] : text.split(separators).map((part) => ({ text: part, named: false }))
}

/** @param run of one and the same character */
function nameOf(run: string): string {
  const [first = ''] = run
  const name = texts().ui.verbatim.names[first] ?? `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return run === first ? name : `${name} ×${[...run].length}`
}

function widthOf({ text, named }: Piece): number {
  return named ? text.length + 2 : text.length
}

/** The longest prefix of the pieces that fits the width. */
function within(pieces: readonly AbridgedPiece[], width: number): AbridgedPiece[] {
  let sum = 0
  return pieces.slice(
    0,
    pieces.findIndex((piece) => (sum += widthOf(piece)) > width),
  )
}

/** Merges adjacent characters again: letters of some scripts change their shape beside one another. */
function joined(pieces: readonly AbridgedPiece[]): AbridgedPiece[] {
  const whole: AbridgedPiece[] = []
  for (const piece of pieces) {
    const before = whole.at(-1)
    const goesOn = before !== undefined && !before.named && !piece.named && before.lead === piece.lead
    if (goesOn) whole[whole.length - 1] = { ...before, text: before.text + piece.text }
    else whole.push(piece)
  }
  return whole.flatMap((piece) => (piece.named ? [piece] : plainly(piece.text).map((part) => ({ ...part, lead: piece.lead }))))
}
