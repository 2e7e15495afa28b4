import * as v from 'valibot'
import type { Random } from '../../torture/random.ts'
import { mutatedText } from '../mutation.ts'

/** The parts of valibot's schemas that the contracts use. */
interface Described {
  readonly type: string
  readonly entries?: Readonly<Record<string, v.GenericSchema>>
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly wrapped?: v.GenericSchema
  readonly item?: v.GenericSchema
  readonly pipe?: readonly Action[]
}
interface Action {
  readonly type: string
  readonly requirement?: unknown
}

/** What a person would type, by the name of the field. */
const typed: Readonly<Record<string, readonly [string, ...string[]]>> = {
  name: ['ci', 'deploy', 'staging-2', 'a b', '', 'x'.repeat(65), 'ключ'],
  url: ['https://console.example.com', 'example.org', 'http://localhost:3000', 'https://user:pass@example.org/', 'javascript:1', ''],
  email: ['ada@example.test', 'nobody', ''],
  appId: ['app-1', ''],
}
/** Texts in the formats of the contracts, for fields for which no earlier answer has a value. */
const shaped = [
  'a'.repeat(24),
  '0123456789abcdef',
  '123456',
  'Ctrl+Alt+K',
  'Ctrl+Alt+Shift+F9',
  '#2f6f4f',
  'AAAA',
  '2026-01-01',
  'A'.repeat(43),
]

/** Values from earlier answers, from which meaningful messages are made: names, ids, and which of them belong together. */
export class Heard {
  #records: Readonly<Record<string, unknown>>[] = []

  /** @param limit the number of values that are remembered, newest first */
  constructor(readonly limit = 300) {}

  take(told: unknown): void {
    if (Array.isArray(told)) for (const one of told.slice(-30)) this.take(one)
    else if (typeof told === 'object' && told !== null) {
      this.#records.push(told as Record<string, unknown>)
      for (const inner of Object.values(told)) this.take(inner)
      if (this.#records.length > 2 * this.limit) this.#records = this.#records.slice(-this.limit)
    }
  }

  /** A whole object from an earlier answer; null if there is none. */
  record(random: Random): Readonly<Record<string, unknown>> | null {
    return this.#records[random.whole(0, this.#records.length - 1)] ?? null
  }
}

/** What the sender knows in addition: the address of a server, and the credentials for it. */
export interface Known {
  readonly heard: Heard
  /** By the name of the field. These take precedence. */
  readonly texts: Readonly<Record<string, readonly [string, ...string[]]>>
}

/** A message that fits a schema, made of values from earlier answers where possible. */
export function example(schema: v.GenericSchema, known: Known, random: Random, field = ''): unknown {
  const { type, entries, options, literal, wrapped, item, pipe } = schema as unknown as Described
  switch (type) {
    case 'strict_object':
    case 'object':
      return objectOf(entries ?? {}, known, random)
    case 'variant':
    case 'union':
      return example(random.of(options as [v.GenericSchema, ...v.GenericSchema[]]), known, random, field)
    case 'nullable':
      return random.chance(0.2) ? null : example(wrapped as v.GenericSchema, known, random, field)
    case 'optional':
      return random.chance(0.3) ? undefined : example(wrapped as v.GenericSchema, known, random, field)
    case 'array':
      return Array.from({ length: random.whole(limitOf(pipe, 'min_length', 0), Math.min(3, limitOf(pipe, 'max_length', 3))) }, () =>
        example(item as v.GenericSchema, known, random, field),
      )
    case 'picklist':
      return random.of(options as [unknown, ...unknown[]])
    case 'literal':
      return literal
    case 'null':
      return null
    case 'boolean':
      return random.chance(0.5)
    case 'number': {
      const least = limitOf(pipe, 'min_value', 0)
      return random.whole(least, Math.min(limitOf(pipe, 'max_value', 1e6), least + random.of([3, 1e6])))
    }
    case 'string':
      return textOf(schema, known, random, field)
    default:
      throw new Error(`no example is made of a schema of the type ${type}: teach it`)
  }
}

function objectOf(entries: Readonly<Record<string, v.GenericSchema>>, known: Known, random: Random): object {
  const record = random.chance(0.7) ? known.heard.record(random) : null
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) => {
      const told = record?.[name]
      const value = told !== undefined && known.texts[name] === undefined && v.is(entry, told) ? told : example(entry, known, random, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function textOf(schema: v.GenericSchema, { heard, texts }: Known, random: Random, field: string): string {
  const offered = texts[field] ?? typed[field]
  if (offered !== undefined && random.chance(0.95)) {
    const one = random.of(offered)
    if (v.is(schema, one)) return one
  }
  for (let tries = 0; tries < 12; tries += 1) {
    const record = heard.record(random)
    const told = random.of([record?.[field], ...Object.values(record ?? {})])
    if (typeof told === 'string' && v.is(schema, told)) return told
  }
  const [first = 'text', ...rest] = [...shaped, 'text', 'x'].filter((one) => v.is(schema, one))
  const one = random.of([first, ...rest])
  if (!v.is(schema, one)) throw new Error(`no text is known that the field ${field} takes: add one to the shaped ones`)
  const changed = random.chance(0.3) ? mutatedText(one, random) : one
  return v.is(schema, changed) ? changed : one
}

function limitOf(pipe: readonly Action[] | undefined, type: string, otherwise: number): number {
  const told = pipe?.find((action) => action.type === type)?.requirement
  return typeof told === 'number' ? told : otherwise
}
