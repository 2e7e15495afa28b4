import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalWords } from '../../wording.ts'
import { accountWords } from './accounts.ts'
import { computerWords } from './computer.ts'
import { keychainWords } from './keychain.ts'
import { keyWords } from './keys.ts'
import { transferWords } from './transfer.ts'
import { outletWords } from './outlets.ts'
import { serverWords } from './server.ts'

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
