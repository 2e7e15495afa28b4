import { readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { print } from '../output/output.ts'

export const options = {} as const

export async function completion(args: string[]): Promise<number> {
  const { operands } = readArguments(args, options, ['SHELL'])
  const [shell = ''] = operands
  const { scripts } = await import('./completion-scripts.ts')
  const script = scripts.get(shell)
  if (script === undefined) throw usage(`There are no completions for ${shell}.`, 'There are some for bash, zsh and fish.')
  print(script)
  return exitStatus.fine
}
