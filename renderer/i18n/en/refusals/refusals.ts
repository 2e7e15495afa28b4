import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'
import { accountTexts } from './accounts.ts'
import { computerTexts } from './computer.ts'
import { keychainTexts } from './keychain.ts'
import { keyTexts } from './keys.ts'
import { transferTexts } from './transfer.ts'
import { outletTexts } from './outlets.ts'
import { serverTexts } from './server.ts'

/** A sentence with a next step for every code of the contract. A missing code does not compile. */
export const refusals: Record<RefusalCode, RefusalTexts> = {
  ...keyTexts,
  ...accountTexts,
  ...serverTexts,
  ...keychainTexts,
  ...computerTexts,
  ...outletTexts,
  ...transferTexts,
}
