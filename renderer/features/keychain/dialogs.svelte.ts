/** Which keychain dialog is open. These dialogs belong to the whole window, because some are needed while the vault is closed. */
class KeychainDialogs {
  shown = $state<'doctor' | 'use-passphrase' | 'use-os' | 'guard' | 'change-passphrase' | 'repair' | null>(null)

  close(): void {
    this.shown = null
  }
}

export const keychainDialogs = new KeychainDialogs()
