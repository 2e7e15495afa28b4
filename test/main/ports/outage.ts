import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'

/** The answers of an unreachable keychain that holds the item `known`. */
export interface Answers {
  readonly known: string
  readonly unknown: string
  readonly write: string
  readonly remove: string
}

export async function answersDuringOutage(keychain: Keychain): Promise<Answers> {
  return {
    known: (await keychain.read('known')).outcome,
    unknown: (await keychain.read('unknown')).outcome,
    write: (await keychain.write('unknown', new Secret('a value'))).outcome,
    remove: (await keychain.remove('known')).outcome,
  }
}
