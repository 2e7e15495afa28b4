import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { parseReference } from '../references/reference.ts'
import { isTerminal, print, standardOutput } from '../output/output.ts'

export const options = { 'no-newline': { type: 'boolean', short: 'n' }, ...noStart } as const

/** A program gets the value only. On a terminal a line feed follows, so that the prompt is on a line of its own. */
export async function get(args: string[]): Promise<number> {
  const { values, operands } = readArguments(args, options, ['KEY'])
  const reference = parseReference(operands[0] ?? '')
  const { value } = await askApp('get', { reference }, { start: values['no-start'] !== true })
  print(isTerminal(standardOutput) && values['no-newline'] !== true ? `${value}\n` : value)
  return exitStatus.fine
}
