import { resolve } from 'node:path'
import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { nameMissingKeys } from '../app/missing-key.ts'
import { readInput, readStandardInput, writeOutput } from '../runtime/files.ts'
import { Template } from '../references/template.ts'
import { RequiredValues } from '../references/required-values.ts'
import { print } from '../output/output.ts'

export const options = {
  in: { type: 'string', short: 'i' },
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f' },
  ...noStart,
} as const

/** Replaces the references in a text by values. A text without references is copied without a prompt. */
export async function inject(args: string[]): Promise<number> {
  const { values } = readArguments(args, options)
  const source = values.in ?? 'standard input'
  if (values.in === undefined && process.stdin.isTTY) throw usage('There is nothing to read.', 'Give --in FILE, or pipe a text into it.')
  const wanted = new RequiredValues()
  const text = values.in === undefined ? await readStandardInput() : readInput(values.in)
  const template = new Template(text, (line) => `${source}, line ${line}`, wanted)
  const { references } = wanted
  if (references.length > 0) {
    const file = values.in === undefined ? source : resolve(values.in)
    const { values: filled } = await nameMissingKeys(wanted, askApp('inject', { references, file }, { start: values['no-start'] !== true }))
    wanted.fill(filled)
  }
  const filled = template.filled(wanted)
  if (values.out === undefined) print(filled)
  else writeOutput(values.out, filled, values.force === true)
  return exitStatus.fine
}
