import { parseArgs } from 'node:util'
import { Failure } from '../../scripts/process/failure.mjs'

export const plants = ['skip-seal'] as const
export type Plant = (typeof plants)[number]

export interface Order {
  readonly runs: number
  readonly seed: number
  readonly only: number | null
  readonly lanes: number
  readonly plant: Plant | null
}

const options = {
  runs: { type: 'string', default: '200' },
  seed: { type: 'string' },
  only: { type: 'string' },
  lanes: { type: 'string', default: '2' },
  plant: { type: 'string' },
} as const

/** @throws Failure with status 2 for an invalid command line */
export function parseTorture(args: readonly string[]): Order {
  const { runs, seed, only, lanes, plant } = parse(args)
  return {
    runs: whole('runs', runs, 1, 1_000_000),
    seed: seed === undefined ? Math.floor(Math.random() * 1_000_000_000) : whole('seed', seed, 0, 4_294_967_295),
    only: only === undefined ? null : whole('only', only, 0, 999_999),
    lanes: whole('lanes', lanes, 1, 64),
    plant: plant === undefined ? null : toPlant(plant),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw wrong(error.message.split('. ')[0] ?? '')
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most)) throw wrong(`--${name} must be a whole number from ${least} to ${most}`)
  return number
}

function toPlant(text: string): Plant {
  const known = plants.find((one) => one === text)
  if (known === undefined) throw wrong(`--plant must be one of: ${plants.join(', ')}`)
  return known
}

function wrong(what: string): Failure {
  return new Failure(`${what}.`, 'npm run torture -- --help tells the options.', 2)
}
