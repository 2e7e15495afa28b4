import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'

/** What a keychain that held the item `known` answers while it is out of reach. */
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
