import type { KeyReference, ListedKey } from '../../shared/protocol/command.ts'
import { askApp } from './ask-app.ts'
import { exitFor } from '../output/exit-status.ts'
import { Fault, Refused } from '../output/fault.ts'
import { nameOf } from '../references/reference.ts'
import { sentencesFor } from '../output/sentences.ts'
import type { RequiredValues } from '../references/required-values.ts'

type Test = (reference: KeyReference, keys: readonly ListedKey[]) => boolean

/** Which of several keys a refusal is about, as far as the list of keys shows. Every program may read names, but not values. */
const meant: Readonly<Record<string, Test>> = {
  'account-not-found': ({ account }, keys) => account !== null && !keys.some((key) => isOf(account, key)),
  'key-not-found': (reference, keys) => found(reference, keys).length === 0,
  'key-ambiguous': (reference, keys) => found(reference, keys).length > 1,
  'value-elsewhere': hasValue('elsewhere'),
  'value-missing': hasValue('missing'),
  'value-lost': hasValue('lost'),
}

/**
 * Adds the keys that a refusal is about, and the places where they are referenced, to the error message.
 * @throws Fault for such a refusal; any other error unchanged
 */
export async function nameMissingKeys<T>(wanted: RequiredValues, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof Refused ? await named(error, wanted) : error
  }
}

async function named(refused: Refused, { wants }: RequiredValues): Promise<Error> {
  const test = Object.hasOwn(meant, refused.code) ? meant[refused.code] : undefined
  if (test === undefined) return refused
  const listed = await askApp('list', null, { start: false }).catch(() => null)
  const some = listed === null ? [] : wants.filter(({ reference }) => test(reference, listed.keys))
  if (some.length === 0) return refused
  const { title, what, next } = sentencesFor(refused.code)
  const lines = some.map(({ reference, places }) => `${nameOf(reference)} (${[...places].join('; ')})`)
  return new Fault(exitFor(refused.code), title === undefined ? what : `${title}: ${lines.join(', ')}.`, next)
}

function found({ account, key }: KeyReference, keys: readonly ListedKey[]): ListedKey[] {
  return keys.filter((one) => (account === null || isOf(account, one)) && (one.name === key || one.id === key))
}

function isOf(account: string, key: ListedKey): boolean {
  return key.account === account || key.accountId === account
}

function hasValue(value: ListedKey['value']): Test {
  return (reference, keys) => found(reference, keys).some((key) => key.value === value)
}
