export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below, above] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  if (below === undefined || above === undefined) throw new Error('no figures')
  return (below + above) / 2
}

export interface Comparison {
  readonly what: string
  readonly unit: string
  readonly ours: number
  readonly peer: number
  readonly peerName: string
  /** The ratio ours / peer should stay below this. */
  readonly aim: number
}

/** A measurement without a peer. */
export interface Figure {
  readonly what: string
  readonly unit: string
  readonly ours: number
  readonly aim: number
}

export function figureTable(figures: readonly Figure[]): string {
  return rows([
    ['', 'Latchkey', 'aim'],
    ...figures.map(({ what, unit, ours, aim }) => [what, `${round(ours)} ${unit}`, `${aim} ${unit} (${ours <= aim ? 'met' : 'not met'})`]),
  ])
}

/** A readable table. */
export function table(comparisons: readonly Comparison[]): string {
  const compared = comparisons.map(({ what, unit, ours, peer, peerName, aim }) => {
    const ratio = ours / peer
    const met = ratio <= aim ? 'met' : 'not met'
    return [what, `${round(ours)} ${unit}`, `${round(peer)} ${unit}`, peerName, ratio.toFixed(2), `${aim} (${met})`]
  })
  return rows([['', 'Latchkey', 'peer', '', 'ratio', 'aim'], ...compared])
}

/** Lines with aligned columns. */
export function rows(all: readonly string[][]): string {
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
