import { codeOf, type RefusalCode } from '../../../main/vault/refusal.ts'

/** @returns the code of what `act` throws; null if it throws nothing */
export function codeThrown(act: () => unknown): RefusalCode | null {
  try {
    act()
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/** @returns the code of what was rejected; null if nothing was */
export function codeRejected(asked: Promise<unknown>): Promise<RefusalCode | null> {
  return asked.then(() => null, codeOf)
}
