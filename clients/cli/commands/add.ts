import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { print, printable } from '../output/output.ts'
import { readStandardInput } from '../runtime/files.ts'
import { readHidden } from '../runtime/read-hidden.ts'

export const options = { ...noStart } as const

/** The protocol's limit, in UTF-16 characters. The keychain's, in bytes, is the same or lower; the app says so. */
const maxLength = 16_384

/** Stores a value, which is read from standard input: arguments could be seen by other users' programs. */
export async function add(args: string[]): Promise<number> {
  const { values, operands } = readArguments(args, options, ['NAME'])
  const [name = ''] = operands
  const value = process.stdin.isTTY ? await readHidden(`Value of ${printable(name)}: `) : textOf(await readStandardInput())
  if (value.trim() === '') throw usage('There is no value.', 'Type it, or pipe it into latchkey add.')
  if (value.length > maxLength) throw usage('The value is too long.', `Latchkey stores up to ${maxLength} bytes.`)
  const stored = await askApp('add', { name, value }, { start: values['no-start'] !== true })
  print(`Stored as ${stored.name} in ${stored.account}.\n`)
  return exitStatus.fine
}

/** @throws Fault for bytes that are no UTF-8: a text with replaced bytes would not be the value */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw usage('The value is not text in UTF-8.', 'Encode it first, for example by base64.')
  }
}
