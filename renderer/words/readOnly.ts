import type { RefusalCode } from '../../preload/contract.ts'
import { refusalWords } from '../words.ts'

/** Why a vault is open for reading only. */
export interface ReadOnlyWords {
  readonly title: string
  readonly text: string
}

const reasons: Partial<Record<RefusalCode, ReadOnlyWords>> = {
  'keychain-reset': {
    title: 'Read-only: the key to this vault is gone from the keychain',
    text: 'Without it the vault’s file cannot be opened. Nothing was deleted. Values that can still be read can be revealed and copied.',
  },
  'keychain-mismatch': {
    title: 'Read-only: the keychain has the key to another vault',
    text: 'It does not fit the vault’s file here. Nothing was deleted. Values that can still be read can be revealed and copied.',
  },
  'profile-corrupt': {
    title: 'Read-only: the vault’s file cannot be read',
    text: 'It cannot be told whether it is this vault’s. Nothing was deleted. Values that can still be read can be revealed and copied.',
  },
}

export function readOnlyWords(code: RefusalCode): ReadOnlyWords {
  const { title, text } = refusalWords[code]
  return reasons[code] ?? { title: `Read-only: ${title.charAt(0).toLowerCase()}${title.slice(1)}`, text }
}
