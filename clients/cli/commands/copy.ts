import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { parseReference } from '../references/reference.ts'
import { print } from '../output/output.ts'

export const options = { ...noStart } as const

export async function copy(args: string[]): Promise<number> {
  const { values, operands } = readArguments(args, options, ['KEY'])
  const reference = parseReference(operands[0] ?? '')
  const { clearsAt } = await askApp('copy', { reference }, { start: values['no-start'] !== true })
  const seconds = Math.max(0, Math.round((clearsAt - Date.now()) / 1000))
  print(`Copied. The clipboard is cleared in ${seconds} seconds.\n`)
  return exitStatus.fine
}
