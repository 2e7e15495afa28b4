import type { KeyRecord } from '../model/key.ts'

/** Whether a value in the trash was this key's: its id begins as the key's does. */
export function isEarlierValue(trashed: KeyRecord, key: KeyRecord): boolean {
  return trashed.goneAt !== null && trashed.id.slice(0, 16) === key.id.slice(0, 16)
}
