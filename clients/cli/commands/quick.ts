import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'

export const options = { ...noStart } as const

export async function quick(args: string[]): Promise<number> {
  const { values } = readArguments(args, options)
  await askApp('quick', null, { start: values['no-start'] !== true })
  return exitStatus.fine
}
