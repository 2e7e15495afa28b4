import type { RefusalCode } from '../preload/contract.ts'
import { accountWords } from './words/accounts.ts'
import { computerWords } from './words/computer.ts'
import { keychainWords } from './words/keychain.ts'
import { keyWords } from './words/keys.ts'
import { outletWords } from './words/outlets.ts'
import { serverWords } from './words/server.ts'
import type { RefusalWords, Remedy } from './words/wording.ts'

export const remedyWords: Record<Remedy, string> = {
  'try-again': 'Try again',
  sync: 'Sync now',
  'sign-in': 'Sign in again',
  unlock: 'Unlock',
}

/** A sentence with a next step for every code of the contract: leaving one out does not compile. */
export const refusalWords: Record<RefusalCode, RefusalWords> = {
  ...keyWords,
  ...accountWords,
  ...serverWords,
  ...keychainWords,
  ...computerWords,
  ...outletWords,
}
