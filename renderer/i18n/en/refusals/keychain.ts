import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals of the system's keychain, and of the passphrase file that can replace it. */
export const keychainTexts = {
  'keychain-locked': {
    title: 'Your keychain is locked',
    text: 'Latchkey keeps its keys there and cannot go on without it.',
    next: 'Unlock the keychain, then try again.',
  },
  'keychain-absent': {
    title: 'The vault’s sign-in is not in the keychain',
    text: 'Latchkey put it there when it made the vault, and something has removed it. The stored values were not touched.',
    next: 'Put it back from a backup of the keychain, then try again.',
  },
  'keychain-unavailable': {
    title: 'No keychain answers',
    text: 'Latchkey keeps values in your system’s keychain, and none answers in this session.',
    next: 'Start your system’s keychain, then try again. The keychain doctor says how.',
  },
  'keychain-denied': {
    title: 'The keychain said no',
    text: 'Your system did not let Latchkey use its entry: the request was dismissed or forbidden.',
    next: 'Try again, and allow Latchkey when your system asks.',
  },
  'keychain-timeout': {
    title: 'The keychain took too long',
    text: 'Your system may be showing a request behind another window.',
    next: 'Look for it and answer it, then try again.',
  },
  'keychain-mismatch': {
    title: 'The keychain gave back something else',
    text: 'What was read is not what was stored, so Latchkey does not rely on it. Its own files were not touched.',
    next: 'Examine your keychain with the keychain doctor, then try again.',
  },
  'keychain-damaged': {
    title: 'A list in the keychain is damaged',
    text: 'Latchkey keeps a list of your accounts and stored values there, and it is not as it was written. Your values were not touched.',
    next: 'Lock Latchkey and open it again. If the vault is then read-only, repair it.',
  },
  'keychain-reset': {
    title: 'The keychain was reset',
    text: 'The key to this vault’s files is no longer there. The files were not touched.',
    next: 'Restore the keychain from a backup if you have one, then try again.',
  },
  'keychain-library-missing': {
    title: 'The keychain’s library is missing',
    text: 'Latchkey reaches the keychain through a library that does not load. On Linux it is libsecret.',
    next: 'Install it, then open Latchkey again. The keychain doctor has the command.',
  },
  'passphrase-needed': {
    title: 'Enter your passphrase',
    text: 'Only your passphrase opens this vault.',
    next: 'Type the passphrase you chose for it.',
  },
  'passphrase-wrong': {
    title: 'That is not the passphrase',
    text: 'The vault did not open, and nothing in it was changed.',
    next: 'Try again. Check Caps Lock and your keyboard’s language.',
  },
  'passphrase-wait': {
    title: 'Too many wrong passphrases',
    text: 'After each further one Latchkey waits longer. Nothing was changed, and nothing will be deleted.',
    next: 'Wait until the time is over, then try again.',
  },
  'passphrase-weak': {
    title: 'That passphrase is too easy to guess',
    text: 'Whoever has the file could try passphrases on it for as long as they like.',
    next: 'Use at least 12 characters. Four or five unrelated words do well.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
