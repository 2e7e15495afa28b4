import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Comparison, Figure } from './figures.ts'

const file = join(import.meta.dirname, 'recorded.json')

/** By version and by what was measured: the ratio to the peer, or the figure itself if it has no peer. */
const recorded = v.record(v.string(), v.record(v.string(), v.number()))

/** Two runs of the same code, of five rounds each on a quiet machine, differed by up to 23 %. */
const tolerance = 1.25

/** Records what this version costs. The file is part of the repository. */
export function record(comparisons: readonly Comparison[], figures: readonly Figure[]): void {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')),
  )
  writeFileSync(file, `${JSON.stringify({ ...read(), [version]: measured(comparisons, figures) }, null, 2)}\n`)
}

/**
 * Compares with the version that was recorded last: only the ratios, because figures without a peer do not hold on another machine.
 * @returns one line for each that became slower, after a first line that names the version
 */
export function compare(comparisons: readonly Comparison[]): string {
  const [version, before] = Object.entries(read()).at(-1) ?? []
  if (version === undefined || before === undefined) return 'No version is recorded yet: npm run bench -- --record'
  const slower = Object.entries(measured(comparisons, [])).flatMap(([what, now]) => {
    const then = before[what]
    return then === undefined || now <= then * tolerance ? [] : [`  ${what}: ${now.toFixed(2)}, ${then.toFixed(2)} in ${version}`]
  })
  if (slower.length === 0) return `Nothing became slower than in ${version} by more than a quarter.`
  return [`Slower than in ${version}, by more than a quarter:`, ...slower].join('\n')
}

function measured(comparisons: readonly Comparison[], figures: readonly Figure[]): Record<string, number> {
  const rounded = (value: number): number => Number(value.toPrecision(3))
  return Object.fromEntries([
    ...comparisons.map(({ what, peerName, ours, peer }) => [`${what} / ${peerName}`, rounded(ours / peer)]),
    ...figures.map(({ what, unit, ours }) => [`${what}, ${unit}`, rounded(ours)]),
  ])
}

function read(): v.InferOutput<typeof recorded> {
  return v.parse(recorded, JSON.parse(readFileSync(file, 'utf8')))
}
