/** A stretch of text: shown as it is, or named because it could not be seen for what it is. */
export interface Piece {
  readonly text: string
  readonly named: boolean
}

/**
 * What shows as nothing, as a space that is none, or turns around what stands beside it: spaces in a row or at an end, controls, formats
 * such as the marks that change the direction of writing, fillers, private and unassigned characters, halves of pairs, and more
 * marks on one letter than any writing needs.
 */
const unseen =
  /^ +| +$| {2,}|([\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc]|(?! )\p{Zs})\1*|(?<=\p{M}{2})(\p{M})\2*/gu
/** Where a path or address has its joints. What is between them is shown for itself, so that right-to-left letters keep their place. */
const joint = /(?<=[/\\:.,@?#=& ])|(?=[/\\:.,@?#=& ])/u

const names: Readonly<Record<string, string>> = { '\n': 'line break', '\t': 'tab', ' ': 'space' }

/**
 * Cuts text from outside into pieces that read as what they are: no two texts come out the same.
 * @param text a name, path, address or command, in whatever characters whoever asks has put in
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: run, index } of text.matchAll(unseen)) {
    pieces.push(...plainly(text.slice(end, index)), { text: nameOf(run), named: true })
    end = index + run.length
  }
  return [...pieces, ...plainly(text.slice(end))]
}

/** How many characters are shown of a text before its middle is left out, which is more than a host can have; then so many of each end. */
const most = 320
const end = 140

/** A very long text’s two ends: both tell, and neither may be pushed out of sight. `hidden`: how many characters are between them. */
export function cut(text: string): { head: string; hidden: number; tail: string } {
  const characters = [...text]
  if (characters.length <= most) return { head: '', hidden: 0, tail: text }
  return { head: characters.slice(0, end).join(''), hidden: characters.length - 2 * end, tail: characters.slice(-end).join('') }
}

function plainly(text: string): Piece[] {
  return text === '' ? [] : text.split(joint).map((part) => ({ text: part, named: false }))
}

/** @param run of one and the same character */
function nameOf(run: string): string {
  const [first = ''] = run
  const name = names[first] ?? `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return run === first ? name : `${name} ×${[...run].length}`
}
