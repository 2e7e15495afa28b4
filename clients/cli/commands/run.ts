import { askApp } from '../app/ask-app.ts'
import { splitAtDashes, noStart, readArguments } from '../arguments.ts'
import { environmentFor, type Setting, settingsFrom } from '../dotenv/environment.ts'
import { usage } from '../output/fault.ts'
import { inheritedHandles } from '../runtime/inherited-handles.ts'
import { minValueLength, isMaskable } from '../redaction/forms.ts'
import { nameMissingKeys } from '../app/missing-key.ts'
import { printError, printable } from '../output/output.ts'
import { openPipes } from '../runtime/pipes.ts'
import { readRaw } from '../runtime/raw-arguments.ts'
import { nameOf } from '../references/reference.ts'
import { ignoredSignals } from '../runtime/signals.ts'
import type { RawSpawn } from '../runtime/spawn-through-bash.ts'
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
  const handles = inheritedHandles(process.env['MAKEFLAGS'] ?? '') // first of all, before this process opens files of its own
  const mask = values['no-mask'] !== true
  // Checked before the prompt, so that a program that cannot be started does not use up an approval.
  const pipes = mask && process.platform !== 'win32' ? openPipes() : null
  if (references.length > 0) {
    const words = command.join(' ').slice(0, maxCommandLength)
    const asked = askApp('run', { references, command: words }, { start: values['no-start'] !== true })
    wanted.fill((await nameMissingKeys(wanted, asked)).values)
    if (mask) warnOfShort(wanted)
  }
  const { runProgram } = await import('../runtime/run-program.ts')
  return runProgram([program, ...rest], {
    env: environmentFor(process.env, settings, wanted, process.platform),
    rough: roughOf(command, args.length - command.length, settings),
    handles,
    hide: mask ? { values: wanted.values, pipes } : null,
  })
}

/** @param at index of the first word among the arguments of this command */
function roughOf(words: readonly string[], at: number, settings: readonly Setting[]): RawSpawn | null {
  const raw = readRaw(process.argv.slice(2))
  const set = new Set(settings.map(({ name }) => name))
  const variables = [...raw.variables].filter(([name]) => !set.has(name)).map(([, bytes]) => bytes)
  // Argument 0 is the subcommand's name, hence the offset of 1.
  const bytes = words.map((_, index) => raw.args.get(1 + at + index) ?? null)
  const ignored = ignoredSignals()
  if (variables.length === 0 && ignored.length === 0 && bytes.every((one) => one === null)) return null
  return { words: words.map((word, index) => bytes[index] ?? Buffer.from(word, 'utf8')), variables, ignored }
}

function warnOfShort(wanted: RequiredValues): void {
  const short = wanted.wants.filter(({ reference }) => !isMaskable(wanted.valueOf(reference))).map(({ reference }) => nameOf(reference))
  if (short.length === 0) return
  printError(
    `latchkey: Not masked in the output, as the value has fewer than ${minValueLength} characters: ${printable(short.join(', '))}\n`,
  )
}
