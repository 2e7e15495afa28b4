import type { ListedKey } from '../../shared/protocol/command.ts'
import { askApp } from '../app/ask-app.ts'
import { json, noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Fault } from '../output/fault.ts'
import { print, printError, printJson, printTable } from '../output/output.ts'
import { isKeyName, referenceUri } from '../references/reference.ts'

export const options = {
  account: { type: 'string', short: 'a' },
  references: { type: 'boolean', short: 'r' },
  ...json,
  ...noStart,
} as const

const states: Record<ListedKey['value'], string> = {
  here: 'here',
  locked: 'locked',
  sealed: 'here, not in the keychain yet',
  elsewhere: 'made elsewhere',
  missing: 'missing',
  changed: 'changed in the keychain',
  lost: 'lost',
}

export async function list(args: string[]): Promise<number> {
  const { values } = readArguments(args, options)
  const { keys } = await askApp('list', null, { start: values['no-start'] !== true })
  const { account } = values
  const listed = keys.filter((key) => account === undefined || account === key.account || account === key.accountId)
  if (account !== undefined && listed.length === 0) throw new Fault(exitStatus.unknown, `There is no key in an account called ${account}.`)
  if (values.json === true) printJson({ keys: listed.map(factsOf) })
  else if (values.references === true) print(listed.map((key) => `${uriOf(key)}\n`).join(''))
  else if (listed.length > 0) printTable([['ACCOUNT', 'KEY', 'VALUE', 'CREATED'], ...listed.map(rowOf)])
  else printError('There are no keys yet. Make one in Latchkey.\n')
  return exitStatus.fine
}

function rowOf(key: ListedKey): string[] {
  const value = key.enabled ? states[key.value] : `${states[key.value]}, disabled`
  return [key.account, key.name, value, new Date(key.createdAt).toISOString().slice(0, 10)]
}

function factsOf(key: ListedKey): object {
  return { ...key, createdAt: new Date(key.createdAt).toISOString(), reference: uriOf(key) }
}

/** Shells and completion scripts read this output. A name with unsafe characters is replaced by the key's id. */
function uriOf({ account, name, id }: ListedKey): string {
  return referenceUri(account, isKeyName(name) ? name : id)
}
