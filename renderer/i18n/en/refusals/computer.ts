import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals about this computer: the profile, the disk and the window itself. */
export const computerTexts = {
  'input-invalid': {
    title: 'Latchkey could not read that',
    text: 'Something in the form is too long or of the wrong kind, so nothing was sent.',
    next: 'Check what you typed and try again.',
  },
  internal: {
    title: 'Something went wrong inside Latchkey',
    text: 'The step did not finish. Your stored values were not touched.',
    next: 'Try again. If it happens again, quit Latchkey and open it again.',
  },
  locked: {
    title: 'Latchkey is locked',
    text: 'The vault is closed, and its keys are out of reach.',
    next: 'Unlock it to go on.',
  },
  'link-invalid': {
    title: 'Latchkey cannot follow that link',
    text: 'A link to Latchkey shows a key, finds one or locks the vault. This one does none of that, so nothing was done.',
    next: 'Copy the link again from where it came from.',
  },
  'autostart-unavailable': {
    title: 'Latchkey is not started at login',
    text: 'The system did not take its entry among the programs that start with you.',
    next: 'Check that your user may write to its own settings folder, then choose it again.',
  },
  'update-unreachable': {
    title: 'The update server does not answer',
    text: 'Latchkey could not ask whether there is a newer version, or the newer one did not arrive. This one goes on working.',
    next: 'Check the network, then try again.',
  },
  'update-untrusted': {
    title: 'That update is not from Latchkey’s makers',
    text: 'Its signature or its content does not match, so it was thrown away. This version goes on working.',
    next: 'Try again later. If it stays so, get Latchkey where you first got it.',
  },
  'update-failed': {
    title: 'The update did not work',
    text: 'The newer version could not be fetched or put in place. This one goes on working.',
    next: 'Try again, or get Latchkey where you first got it.',
  },
  'profile-unusable': {
    title: 'Latchkey’s folder cannot be used',
    text: 'It is missing, read-only, or belongs to another user.',
    next: 'Give your user the right to write to it, then try again.',
  },
  'profile-corrupt': {
    title: 'The vault’s file is damaged',
    text: 'It cannot be opened. It was left as it is, and nothing was made in its place.',
    next: 'Restore it from a backup, then try again.',
  },
  'profile-newer': {
    title: 'A newer Latchkey made this vault’s files',
    text: 'This version cannot read them. They were left as they are.',
    next: 'Install the newest Latchkey, then try again.',
  },
  'read-only': {
    title: 'The vault can only be read now',
    text: 'Its files and its keychain do not belong together, so nothing is changed until they do.',
    next: 'Follow the strip at the top of the window: examine the keychain, or repair the vault.',
  },
  'disk-full': {
    title: 'The disk is full',
    text: 'There is no room to store this safely, so it was not done.',
    next: 'Make some room, then try again.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
