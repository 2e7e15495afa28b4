import { askApp } from '../app/ask-app.ts'
import { splitAtDashes, noStart, readArguments } from '../arguments.ts'
import { environmentFor, type Setting, settingsFrom } from '../dotenv/environment.ts'
import { usage } from '../output/fault.ts'
import { inheritedHandles } from '../runtime/inherited-handles.ts'
import { minValueLength, isMaskable } from '../redaction/forms.ts'
import { nameMissingKeys } from '../app/missing-key.ts'
import { printError, printable } from '../output/output.ts'
import { programBytes } from '../runtime/raw-arguments.ts'
import { nameOf } from '../references/reference.ts'
import { RequiredValues } from '../references/required-values.ts'

export const options = {
  env: { type: 'string', short: 'e', multiple: true },
  'env-file': { type: 'string', short: 'f', multiple: true },
  'no-mask': { type: 'boolean' },
  ...noStart,
} as const

/** The length to which the command line is truncated before it is shown in the prompt. In characters. */
const maxCommandLength = 200

/** @returns the program's own exit status */
export async function run(args: string[]): Promise<number> {
  const [before, command] = splitAtDashes(args)
  const { values } = readArguments(before, options)
  const [program, ...rest] = command
  if (program === undefined || program === '')
    throw usage('There is no program to run.', 'Put it after --, as in: latchkey run --env TOKEN=my-key -- npm start')
  const wanted = new RequiredValues()
  const settings: Setting[] = settingsFrom({ files: values['env-file'] ?? [], assignments: values.env ?? [] }, wanted)
  if (settings.length === 0) throw usage('There is nothing to give to the program.', 'Name keys by --env NAME=KEY or --env-file FILE.')
  const { references } = wanted
  const handles = inheritedHandles() // first of all, before this process opens files of its own
  const mask = values['no-mask'] !== true
  if (references.length > 0) {
    const text = command.join(' ').slice(0, maxCommandLength)
    const answer = askApp('run', { references, command: text }, { start: values['no-start'] !== true, meanwhile: loadRuntime })
    wanted.fill((await nameMissingKeys(wanted, answer)).values)
    if (mask) warnOfShort(wanted)
  }
  const { runProgram } = await import('../runtime/run-program.ts')
  const env = environmentFor(process.env, settings, wanted, process.platform)
  const bytes = programBytes(command, env, new Set(settings.map(({ name }) => name)))
  return runProgram([program, ...rest], { env, bytes, handles, hide: mask ? wanted.values : null })
}

/** What is needed once there are values, which takes a few milliseconds to load. */
function loadRuntime(): void {
  void import('../runtime/run-program.ts').then(({ prepare }) => prepare())
}

function warnOfShort(wanted: RequiredValues): void {
  const short = wanted.wants.filter(({ reference }) => !isMaskable(wanted.valueOf(reference))).map(({ reference }) => nameOf(reference))
  if (short.length === 0) return
  printError(
    `latchkey: Not masked in the output, as the value has fewer than ${minValueLength} characters: ${printable(short.join(', '))}\n`,
  )
}
