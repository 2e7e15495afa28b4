import type { RefusalCode } from '../../preload/contract.ts'
import type { RefusalWords } from './wording.ts'

/** Refusals of this computer: the keychain, the profile and the window itself. */
export const computerWords = {
  'input-invalid': {
    title: 'Latchkey could not read that',
    text: 'Something in the form is too long or of the wrong kind, so nothing was sent.',
    next: 'Check what you typed and try again.',
  },
  internal: {
    title: 'Something went wrong inside Latchkey',
    text: 'The step did not finish. Your stored values were not touched.',
    next: 'Try again. If it happens again, quit Latchkey and open it anew.',
    remedy: 'try-again',
  },
  'keychain-locked': {
    title: 'Your keychain is locked',
    text: 'Latchkey keeps its keys there and cannot go on without it.',
    next: 'Unlock the keychain, then try again.',
    remedy: 'try-again',
  },
  'keychain-absent': {
    title: 'The vault’s sign-in is not in the keychain',
    text: 'Latchkey put it there when it made the vault, and something has removed it. The stored values were not touched.',
    next: 'Put it back from a backup of the keychain, then try again.',
    remedy: 'try-again',
  },
  'keychain-unavailable': {
    title: 'No keychain answers',
    text: 'Latchkey stores values in your system’s keychain and nowhere else, and none is running in this session.',
    next: 'On Linux, start GNOME Keyring, KWallet or another Secret Service. Or sign out of your desktop and in again, then try again.',
    remedy: 'try-again',
  },
  'keychain-denied': {
    title: 'The keychain said no',
    text: 'Your system did not let Latchkey at its entry: the request was dismissed or forbidden.',
    next: 'Try again, and allow Latchkey when your system asks.',
    remedy: 'try-again',
  },
  'keychain-timeout': {
    title: 'The keychain took too long',
    text: 'Your system may be showing a request behind another window.',
    next: 'Look for it and answer it, then try again.',
    remedy: 'try-again',
  },
  'keychain-mismatch': {
    title: 'The keychain gave back something else',
    text: 'What was read is not what was written, so Latchkey does not rely on it. The value is still sealed here.',
    next: 'Check your keychain, then try again.',
    remedy: 'try-again',
  },
  'keychain-reset': {
    title: 'The keychain was reset',
    text: 'The key to this vault is no longer there, so the vault stays closed. Its files were not touched.',
    next: 'Restore the keychain from a backup, then try again.',
    remedy: 'try-again',
  },
  locked: {
    title: 'Latchkey is locked',
    text: 'The vault is closed, and its keys are out of reach.',
    next: 'Unlock it to go on.',
    remedy: 'unlock',
  },
  'profile-unusable': {
    title: 'Latchkey’s folder cannot be used',
    text: 'It is missing, read-only, or belongs to another user.',
    next: 'Give your user the right to write to it, then try again.',
    remedy: 'try-again',
  },
  'profile-corrupt': {
    title: 'The vault’s file is damaged',
    text: 'It cannot be opened. It was left as it is, and nothing was made in its place.',
    next: 'Restore it from a backup, then try again.',
    remedy: 'try-again',
  },
  'disk-full': {
    title: 'The disk is full',
    text: 'There is no room to store this safely, so it was not done.',
    next: 'Make some room, then try again.',
    remedy: 'try-again',
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>
