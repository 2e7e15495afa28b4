import { json, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { readInput, readStandardInput } from '../runtime/files.ts'
import { type JournalFault, type Verdict, verifyJournal } from '../journal/verify.ts'
import { print, printJson } from '../output/output.ts'

export const options = { ...json, key: { type: 'string', short: 'k' } } as const

/** The maximum number of faults that are printed: a file of another kind has one in each line. */
const maxPrintedFaults = 20

export async function journal(args: string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined) throw usage('What of the journal? latchkey journal verify FILE.')
  if (name !== 'verify') throw usage(`There is no command journal ${name}.`, 'latchkey journal --help tells more.')
  return verifyFile(rest)
}

/** Never asks the app: a user who distrusts it can verify a journal on any computer. */
async function verifyFile(args: string[]): Promise<number> {
  const { values, operands } = readArguments(args, options, ['FILE'])
  const [file = ''] = operands
  const wanted = values.key === undefined ? null : fingerprintIn(values.key)
  const verdict = verifyJournal((file === '-' ? await readStandardInput() : readInput(file)).toString())
  const foreign = wanted !== null && verdict.fingerprint !== null && plain(verdict.fingerprint) !== wanted
  const whole = verdict.faults.length === 0 && !foreign
  if (values.json === true) {
    const { fingerprint, first, last, lines, faults } = verdict
    printJson({ whole, key: fingerprint, keyAsWanted: wanted === null ? null : !foreign, first, last, lines, faults })
  } else print(textOf(verdict, wanted === null ? null : !foreign))
  return whole ? exitStatus.fine : exitStatus.fault
}

function fingerprintIn(text: string): string {
  const key = plain(text)
  if (!/^[0-9a-f]{32}$/.test(key)) throw usage('--key wants the key as Latchkey shows it: eight groups of four digits.')
  return key
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/[\s:-]/g, '').toLowerCase()
}

function textOf({ faults, fingerprint, first, last, lines }: Verdict, asWanted: boolean | null): string {
  const extent = lines === 0 ? 'no lines' : lines === 1 ? `line ${first}` : `lines ${first} to ${last}`
  const printed = faults.slice(0, maxPrintedFaults).map((fault) => `  ${sentence(fault)}\n`)
  const more = faults.length > maxPrintedFaults ? [`  and ${faults.length - maxPrintedFaults} more\n`] : []
  const parts = faults.length === 0 ? [`Whole: ${extent}, as they were signed.\n`] : ['Not whole:\n', ...printed, ...more]
  if (fingerprint === null) return parts.join('')
  const hint = { true: 'the key you gave', false: 'NOT the key you gave', null: 'compare it with the one under Journal in Latchkey' }[
    `${asWanted}`
  ]
  return [...parts, `Key: ${fingerprint} (${hint})\n`].join('')
}

function sentence(fault: JournalFault): string {
  switch (fault.kind) {
    case 'no-journal':
      return 'This is not a journal that Latchkey exported.'
    case 'head-changed':
      return 'Line 1 of the file, which says whose journal it is, was changed.'
    case 'changed':
      return fault.seq === null
        ? `Line ${fault.row} of the file was changed: it is no line of a journal.`
        : `Line ${fault.row} of the file, entry ${fault.seq}, was changed.`
    case 'dropped':
      return fault.from === fault.to
        ? `Entry ${fault.from} is missing before line ${fault.row} of the file.`
        : `Entries ${fault.from} to ${fault.to} are missing before line ${fault.row} of the file.`
    case 'moved':
      return `Line ${fault.row} of the file, entry ${fault.seq}, is not in its place.`
    case 'repeated':
      return `Line ${fault.row} of the file, entry ${fault.seq}, is there already.`
    case 'cut-off':
      return `The file ends too soon: what closes a journal is missing at line ${fault.row}.`
    case 'end-changed':
      return `Line ${fault.row} of the file, which closes it, was changed.`
    case 'more':
      return `From line ${fault.row} on there is something after the end.`
  }
}
