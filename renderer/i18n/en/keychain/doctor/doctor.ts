import type { Desktop, Finding, KeychainKind, KeychainTrouble } from '../../../../../shared/lists/keychain.ts'
import { linuxRestore, linuxSteps } from './linux.ts'
import { macRestore, macSteps } from './mac.ts'
import type { Step } from './steps.ts'
import { windowsRestore, windowsSteps } from './windows.ts'

export interface FindingTexts {
  readonly title: string
  readonly meaning: string
  readonly steps: readonly Step[]
}

type Meaning = Omit<FindingTexts, 'steps'>

const meanings: Record<Finding, Meaning> = {
  fine: {
    title: 'The keychain is in order',
    meaning: 'It answers, it is open, and what Latchkey looked for is there and unchanged.',
  },
  'app-changed': {
    title: 'Latchkey is not as it was packed',
    meaning: 'A file of the app was changed, removed or added since. It may be a bad disk, or somebody who wants your keys.',
  },
  'library-missing': {
    title: 'The library libsecret is missing',
    meaning: 'Latchkey talks to the keyring through it, and it is not installed. Nothing was changed.',
  },
  'no-bus': {
    title: 'This session has no bus',
    meaning: 'Programs reach the keyring over the session’s D-Bus, and Latchkey was started where there is none.',
  },
  'no-service': {
    title: 'No keyring is running',
    meaning: 'The session has a D-Bus, but no program on it keeps passwords.',
  },
  'no-collection': {
    title: 'There is no default keyring',
    meaning: 'A keyring program is running, but it has no keyring to put things in.',
  },
  locked: {
    title: 'The keychain is locked',
    meaning: 'Your values rest in it and can be read again once it is unlocked. Nothing is lost.',
  },
  denied: {
    title: 'The keychain refused Latchkey',
    meaning: 'The request was dismissed, or your system forbids it. Nothing is lost.',
  },
  died: {
    title: 'The keychain stopped while it was asked',
    meaning: 'Its program ended before it answered. What it had stored is still on disk.',
  },
  timeout: {
    title: 'The keychain took too long',
    meaning: 'It did not answer in time. It may be waiting for you to answer a question on the screen.',
  },
  reset: {
    title: 'The keychain was reset',
    meaning:
      'The key to this vault’s files is gone from it. The files are untouched, nothing was deleted by Latchkey, and your keys keep working wherever they are in use.',
  },
  changed: {
    title: 'The vault’s root key in the keychain is not the one that Latchkey stored',
    meaning:
      'Its item with the vault’s root key, or the one that proves that key, is damaged, was changed by another program, or is another vault’s. So the vault’s file cannot be opened, and is untouched. An earlier keychain may still have everything.',
  },
  'left-behind': {
    title: 'Copies of your values are still in the system’s keychain',
    meaning: 'When your passphrase was set, the keychain did not let go of everything. What is left there is not under the passphrase.',
  },
  'item-missing': {
    title: 'Some values are gone from the keychain',
    meaning: 'Latchkey stored them there, and something else removed them. The keys themselves keep working wherever they are in use.',
  },
  'item-different': {
    title: 'Some values are not those that Latchkey stored',
    meaning: 'Something else has changed them, so they may not work. The other values are as they were.',
  },
}

/** Other wording for systems that have no D-Bus and no Secret Service. */
const elsewhere: Partial<Record<Finding, Meaning>> = {
  'library-missing': {
    title: 'A part of Latchkey is missing',
    meaning: 'The part that talks to the keychain does not load. Nothing was changed.',
  },
  'no-bus': { title: 'The keychain cannot be reached', meaning: 'Your system gave no way to ask it. Nothing was changed.' },
  'no-service': { title: 'The keychain does not answer', meaning: 'The part of your system that keeps passwords is not running.' },
  'no-collection': { title: 'There is no default keychain', meaning: 'Your system keeps passwords, but has no place set for new ones.' },
}

/** Other wording for Latchkey's own file under a passphrase. */
const inFile: Partial<Record<Finding, Meaning>> = {
  fine: { title: 'The passphrase vault is in order', meaning: 'It is open, and what Latchkey looked for is there and unchanged.' },
  reset: {
    title: 'The passphrase vault has lost its key to these files',
    meaning:
      'What opens this vault’s other files is gone from it. They are untouched, and your keys keep working wherever they are in use.',
  },
  changed: {
    title: 'This passphrase vault belongs to other files',
    meaning: 'The root key in it does not open the vault’s file. That file is untouched.',
  },
  'item-missing': {
    title: 'Some values are gone from the passphrase vault',
    meaning: 'Latchkey stored them there, and they are not there now. The keys themselves keep working wherever they are in use.',
  },
}

/** @param keychain where Latchkey stores its values: the system's keychain, or its own file under a passphrase */
export function textsFor(finding: Finding, desktop: Desktop, keychain: KeychainKind = 'os'): FindingTexts {
  const foreign = desktop === 'macos' || desktop === 'windows'
  const own = keychain === 'passphrase' ? inFile[finding] : foreign ? elsewhere[finding] : undefined
  const meaning = own ?? meanings[finding]
  return { ...meaning, steps: stepsFor(finding, desktop, keychain) }
}

const reinstall: Step = { text: 'Quit Latchkey, and install it again from where you got it. Your vault stays as it is.' }
const repair: Step = {
  text: 'Without a backup: choose Repair in Latchkey. The old file is kept under another name, and the list of your keys is fetched from the server.',
}
const addValue: Step = {
  text: 'If a program that uses the key still has its value: choose the key in Latchkey, then Add its value. A login proves that it is the right one.',
}
const replace: Step = {
  text: 'If nobody has the value: choose the key, then Replace. It is deleted, and a new one of the same name is made.',
}
const removeLeft: Step = {
  text: 'Unlock the system’s keychain. Then lock Latchkey and unlock it again: it removes the copies each time that it opens, until none is left.',
}
const verify: Step = {
  text: 'Choose the key in Latchkey, then Verify. It logs in with the value that is there now and says whether it works.',
}

function stepsFor(finding: Finding, desktop: Desktop, keychain: KeychainKind): readonly Step[] {
  const restore = keychain === 'passphrase' ? fileRestore : restoreFor(desktop)
  switch (finding) {
    case 'fine':
      return []
    case 'app-changed':
      return [reinstall]
    case 'reset':
      return [...restore, repair]
    case 'changed':
      return [...(keychain === 'passphrase' ? [] : [earlier(desktop)]), ...restore, repair]
    case 'left-behind':
      return [removeLeft]
    case 'item-missing':
      return [addValue, replace, ...restore]
    case 'item-different':
      return [verify, addValue, replace, ...restore]
    default:
      return keychainSteps(finding, desktop)
  }
}

const fileRestore: readonly Step[] = [
  { text: 'If you have a backup of Latchkey’s folder: quit Latchkey, put the folder back as a whole, and open it again.' },
]

function restoreFor(desktop: Desktop): readonly Step[] {
  if (desktop === 'macos') return macRestore
  return desktop === 'windows' ? windowsRestore : linuxRestore(desktop)
}

function keychainSteps(trouble: KeychainTrouble, desktop: Desktop): readonly Step[] {
  if (desktop === 'macos') return macSteps[trouble]
  return desktop === 'windows' ? windowsSteps[trouble] : linuxSteps(trouble, desktop)
}

function earlier(desktop: Desktop): Step {
  if (desktop === 'macos') {
    return {
      text: 'See which keychain is the default. If it is not the one you used before, choose that one in Keychain Access.',
      command: 'security default-keychain',
    }
  }
  if (desktop === 'windows') {
    return { text: 'Each Windows user has credentials of their own. If you made this vault as another user, sign in as that one.' }
  }
  return {
    text: 'See which program answers now. If you used another one before, or another desktop, go back to it and check again.',
    command: 'busctl --user status org.freedesktop.secrets',
  }
}
