import { parseArgs } from 'node:util'

const parts = ['frames', 'ipc', 'backend', 'app'] as const
export type Part = (typeof parts)[number]

export interface FuzzOrder {
  /** Run one after the other; all of them if none is named. */
  readonly parts: readonly Part[]
  /** Null: the number that each part has for a whole run. */
  readonly messages: number | null
  readonly seed: number
  readonly through: 'socket' | 'host' | 'both'
}

/** @throws Error with a sentence */
export function parseFuzz(args: readonly string[]): FuzzOrder {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { messages: { type: 'string' }, frames: { type: 'string' }, seed: { type: 'string' }, through: { type: 'string' } },
  })
  const named = positionals.map((name) => parts.find((part) => part === name) ?? failed(`There is no part ${name}: ${parts.join(', ')}.`))
  const { frames, through = 'both' } = values
  if (frames !== undefined && (values.messages !== undefined || positionals.length > 0)) failed('--frames N is frames --messages N.')
  if (through !== 'socket' && through !== 'host' && through !== 'both') failed('--through is socket or host.')
  return {
    parts: frames !== undefined || values.through !== undefined ? ['frames'] : named.length === 0 ? parts : named,
    messages: wholeOf(values.messages ?? frames),
    seed: wholeOf(values.seed) ?? Math.floor(Math.random() * 1_000_000_000),
    through: through as FuzzOrder['through'],
  }
}

function wholeOf(text: string | undefined): number | null {
  if (text === undefined) return null
  return /^\d{1,9}$/.test(text) ? Number(text) : failed(`${text} is no number of messages, and no seed.`)
}

function failed(sentence: string): never {
  throw new Error(sentence)
}
