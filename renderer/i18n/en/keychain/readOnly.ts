import type { RefusalCode } from '../../../../preload/contract.ts'

/** Why a vault is read-only. Most use the refusal's own text; these would say too little. */
export const readOnly = {
  because: (reason: string) => `Read-only: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  reasons: {
    'keychain-reset': {
      title: 'Read-only: the key to this vault is gone from the keychain',
      text: 'Without it the vault’s file cannot be opened. Nothing was deleted. Values that can still be read can be revealed and copied.',
    },
    'keychain-mismatch': {
      title: 'Read-only: the vault’s root key in the keychain is not the right one',
      text: 'Its item is damaged, was changed by another program, or is another vault’s, so the vault’s file cannot be opened. Nothing was deleted. Values that can still be read can be revealed and copied. Restore the keychain from a backup, or repair the vault.',
    },
    'keychain-damaged': {
      title: 'Read-only: the list of your accounts and stored values is damaged',
      text: 'The keychain has it, and a part of it cannot be read. What can be read is shown here. Nothing was deleted. Values that are listed can be revealed and copied.',
    },
    'profile-corrupt': {
      title: 'Read-only: the vault’s file cannot be read',
      text: 'It cannot be told whether it is this vault’s. Nothing was deleted. Values that can still be read can be revealed and copied.',
    },
  } satisfies Partial<Record<RefusalCode, { title: string; text: string }>>,
}
