import { askApp } from '../app.ts'
import { atDashes, noStart, readArguments } from '../arguments.ts'
import { environmentFor, type Setting, settingsFrom } from '../environment.ts'
import { usage } from '../fault.ts'
import { Wanted } from '../wanted.ts'

export const options = {
  env: { type: 'string', short: 'e', multiple: true },
  'env-file': { type: 'string', short: 'f', multiple: true },
  'no-mask': { type: 'boolean' },
  ...noStart,
} as const

/** What the app is told of the command, and the person reads: no more than fits into its window. */
const longest = 200

/** @returns the program's own exit status */
export async function run(args: string[]): Promise<number> {
  const [before, command] = atDashes(args)
  const { values } = readArguments(before, options)
  const [program, ...rest] = command
  if (program === undefined || program === '')
    throw usage('There is no program to run.', 'Put it after --, as in: latchkey run --env TOKEN=my-key -- npm start')
  const wanted = new Wanted()
  const settings: Setting[] = settingsFrom({ files: values['env-file'] ?? [], assignments: values.env ?? [] }, wanted)
  if (settings.length === 0) throw usage('There is nothing to give to the program.', 'Name keys by --env NAME=KEY or --env-file FILE.')
  const { references } = wanted
  if (references.length > 0) {
    const words = command.join(' ').slice(0, longest)
    wanted.fill((await askApp('run', { references, command: words }, { start: values['no-start'] !== true })).values)
  }
  const { runProgram } = await import('../program.ts')
  return runProgram([program, ...rest], {
    env: environmentFor(process.env, settings, wanted, process.platform),
    hide: values['no-mask'] === true ? null : wanted.values,
  })
}
