import { texts } from '../i18n/texts.svelte.ts'

/** A stretch of text: shown as it is, or named because it could not be seen for what it is. */
export interface Piece {
  readonly text: string
  readonly named: boolean
}

/** A piece of what says what the text is, as a program's name in its path, or of what leads up to that. */
export interface ToldPiece extends Piece {
  readonly lead: boolean
}

/** `hidden`: how many pieces or characters are left out between the two ends. */
export interface Told {
  readonly head: readonly ToldPiece[]
  readonly hidden: number
  readonly tail: readonly ToldPiece[]
}

/**
 * What shows as nothing, as a space that is none, or turns around what stands beside it: spaces in a row or at an end, controls, formats
 * such as the marks that change the direction of writing, fillers, private and unassigned characters, halves of pairs, and more
 * marks on one letter than any writing needs.
 */
const unseen = /^ +| +$| {2,}|([\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc]|(?! )\p{Zs})\1*|(?<=\p{M}{2})(\p{M})\2*/gu
/** Where a path or address has its joints. What is between them is shown for itself, so that right-to-left letters keep their place. */
const joint = /(?<=[/\\:.,@?#=& ])|(?=[/\\:.,@?#=& ])/u

/** How wide a text may be, in characters, before its middle is left out, which is more than a host can be; then so much of each end. */
const widest = 280
const end = 130

/**
 * Cuts text from outside into pieces that read as what they are: no two texts come out the same.
 * @param text a name, path, address or command, in whatever characters whoever asks has put in
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const { 0: run, index } of text.matchAll(unseen)) {
    pieces.push(...plainly(text.slice(done, index)), { text: nameOf(run), named: true })
    done = index + run.length
  }
  return [...pieces, ...plainly(text.slice(done))]
}

/**
 * A text in its pieces, of which a very long one shows its two ends: both tell, and neither may be pushed out of sight.
 * @param telling how many characters of its end say what it is
 * @param whole true to leave nothing out
 */
export function tell(text: string, telling: number, whole = false): Told {
  const at = Math.max(0, text.length - telling)
  const parts = [
    { lead: true, pieces: piecesOf(text.slice(0, at)) },
    { lead: false, pieces: piecesOf(text.slice(at)) },
  ]
  const pieces = parts.flatMap(({ lead, pieces: some }) => some.map((piece) => ({ ...piece, lead })))
  if (whole || pieces.reduce((sum, piece) => sum + widthOf(piece), 0) <= widest) return { head: [], hidden: 0, tail: pieces }
  const single = pieces.flatMap((piece) => (piece.named ? [piece] : [...piece.text].map((character) => ({ ...piece, text: character }))))
  const head = within(single, end)
  const tail = within([...single].reverse(), end).reverse()
  return { head: joined(head), hidden: single.length - head.length - tail.length, tail: joined(tail) }
}

function plainly(text: string): Piece[] {
  return text === '' ? [] : text.split(joint).map((part) => ({ text: part, named: false }))
}

/** @param run of one and the same character */
function nameOf(run: string): string {
  const [first = ''] = run
  const name = texts().look.verbatim.names[first] ?? `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return run === first ? name : `${name} ×${[...run].length}`
}

function widthOf({ text, named }: Piece): number {
  return named ? text.length + 2 : text.length
}

/** As many of the first as are no wider together. */
function within(pieces: readonly ToldPiece[], width: number): ToldPiece[] {
  let sum = 0
  return pieces.slice(
    0,
    pieces.findIndex((piece) => (sum += widthOf(piece)) > width),
  )
}

/** Characters put together again: letters of some scripts change their shape beside one another. */
function joined(pieces: readonly ToldPiece[]): ToldPiece[] {
  const whole: ToldPiece[] = []
  for (const piece of pieces) {
    const before = whole.at(-1)
    const goesOn = before !== undefined && !before.named && !piece.named && before.lead === piece.lead
    if (goesOn) whole[whole.length - 1] = { ...before, text: before.text + piece.text }
    else whole.push(piece)
  }
  return whole.flatMap((piece) => (piece.named ? [piece] : plainly(piece.text).map((part) => ({ ...part, lead: piece.lead }))))
}
