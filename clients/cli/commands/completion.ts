import { getAsset } from 'node:sea'
import { readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { print } from '../output/output.ts'

export const options = {} as const
export const shells = ['bash', 'zsh', 'fish'] as const

/** The scripts are files of `clients/completions` that are embedded in the executable. */
export async function completion(args: string[]): Promise<number> {
  const { operands } = readArguments(args, options, ['SHELL'])
  const shell = shells.find((name) => name === operands[0])
  if (shell === undefined) throw usage(`There are no completions for ${operands[0]}.`, 'There are some for bash, zsh and fish.')
  print(getAsset(shell, 'utf8'))
  return exitStatus.fine
}
