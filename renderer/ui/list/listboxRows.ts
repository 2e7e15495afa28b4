/** The title of a group of options. It is no option: it cannot be chosen, and screen readers hear its text in each option instead. */
export interface Heading {
  readonly id: string
  readonly heading: string
  /** How many options the group has. */
  readonly count: number
}

/** Where an option is, and how it stands out. */
export interface Placement {
  /** Pixels from the top of the list. */
  readonly top: number
  /** Counted from 1, without headings. */
  readonly position: number
  /** How many options the list has, those out of view included. */
  readonly of: number
  readonly chosen: boolean
  /** Whether Tab stops at this option. */
  readonly anchor: boolean
}

export function isHeading(row: { readonly id: string }): row is Heading {
  return 'heading' in row
}

/** The number of each option, counted from 1. A heading has that of the option after it. */
export function positionsOf(rows: readonly { readonly id: string }[]): Int32Array {
  const positions = new Int32Array(rows.length)
  let next = 1
  for (const [row, each] of rows.entries()) positions[row] = isHeading(each) ? next : next++
  return positions
}
