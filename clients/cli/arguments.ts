import { parseArgs } from 'node:util'
import { usage } from './output/fault.ts'

export type Options = Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }>
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values']

/** The option of commands that print facts. */
export const json = { json: { type: 'boolean' } } as const satisfies Options
/** The option of every command that asks the app. */
export const noStart = { 'no-start': { type: 'boolean' } } as const satisfies Options

/**
 * @param names of the operands, all of them required
 * @throws Fault
 */
export function readArguments<O extends Options>(
  args: string[],
  options: O,
  names: readonly string[] = [],
): { values: Values<O>; operands: string[] } {
  const { values, operands } = parse(args, options)
  const missing = names[operands.length]
  if (missing !== undefined) throw usage(`${missing} is missing.`)
  if (operands.length > names.length) throw usage('There is one argument too many.') // not named: it may be a value
  return { values, operands }
}

/** Splits the words at the first `--`. Without one, all words come before it. */
export function splitAtDashes(args: readonly string[]): [before: string[], after: string[]] {
  const at = args.indexOf('--')
  return at < 0 ? [[...args], []] : [args.slice(0, at), args.slice(at + 1)]
}

function parse<O extends Options>(args: string[], options: O): { values: Values<O>; operands: string[] } {
  try {
    const { values, positionals } = parseArgs<{ args: string[]; options: O; allowPositionals: true }>({
      args,
      options,
      allowPositionals: true,
    })
    return { values: values as Values<O>, operands: positionals }
  } catch (error) {
    // Node's first sentence says what is wrong. The second is about operands that begin with a dash.
    const [what = ''] = error instanceof Error ? error.message.split('. ') : []
    throw usage(`${what}.`)
  }
}
