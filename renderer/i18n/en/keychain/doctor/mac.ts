import type { KeychainTrouble } from '../../../../../shared/lists/keychain.ts'
import type { Step } from './steps.ts'

const login = '~/Library/Keychains/login.keychain-db'

const openKeychain: readonly Step[] = [
  { text: 'Unlock the login keychain. It asks for the password you sign in with:', command: `security unlock-keychain ${login}` },
  { text: 'Or open Keychain Access, choose login in the sidebar, and press the lock.' },
]
const startAgain: readonly Step[] = [{ text: 'Sign out of your Mac and in again.' }, ...openKeychain]

export const macSteps: Record<KeychainTrouble, readonly Step[]> = {
  'library-missing': [{ text: 'Install Latchkey again over the one that is here. Your vault stays as it is.' }],
  'no-bus': startAgain,
  'no-service': startAgain,
  'no-collection': [
    { text: 'Make the login keychain the default one:', command: `security default-keychain -s ${login}` },
    { text: 'If login is not in Keychain Access: choose File, then Add Keychain, and pick it from ~/Library/Keychains.' },
  ],
  locked: openKeychain,
  denied: [
    { text: 'Check again, and choose Always Allow when macOS asks.' },
    { text: 'If it does not ask: open Keychain Access, search for Latchkey, open an entry, and add Latchkey under Access Control.' },
  ],
  died: startAgain,
  timeout: [
    { text: 'Look for a window of macOS that asks for a password, perhaps behind others, and answer it.' },
    { text: 'If there is none: sign out of your Mac and in again.' },
  ],
}

export const macRestore: readonly Step[] = [
  { text: 'If you have a Time Machine backup: quit Latchkey, put the folder ~/Library/Keychains back from it, and start your Mac again.' },
]
