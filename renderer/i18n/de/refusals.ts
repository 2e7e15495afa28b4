import type { RefusalCode } from '../../../preload/contract.ts'
import type { RefusalWords } from '../wording.ts'
import { accountWords } from './refusals/accounts.ts'
import { computerWords } from './refusals/computer.ts'
import { keychainWords } from './refusals/keychain.ts'
import { keyWords } from './refusals/keys.ts'
import { transferWords } from './refusals/transfer.ts'
import { outletWords } from './refusals/outlets.ts'
import { serverWords } from './refusals/server.ts'

/** The German version of the English refusals. */
export const refusals: Record<RefusalCode, RefusalWords> = {
  ...keyWords,
  ...accountWords,
  ...serverWords,
  ...keychainWords,
  ...computerWords,
  ...outletWords,
  ...transferWords,
}
