import { formsOf } from '../../forms.ts'

const { number } = formsOf('en-GB')

/** The keychain, the passphrase vault in its place, and repairs. */
export const keychain = {
  doctor: {
    toDo: (things: number) => (things === 1 ? 'One thing to put right.' : `${number(things)} things to put right, in this order.`),
    examined: (keychain: string) => `Examined: ${keychain}`,
    examining: 'Examining the keychain. This can take some seconds…',
    open: 'Open the vault',
  },
  /** Which keychain was examined, and on which desktop. */
  examined: {
    file: 'Latchkey’s file under a passphrase',
    guarded: (name: string) => `${name}, under your passphrase`,
    keychain: 'Keychain',
    credentialManager: 'Credential Manager',
    none: 'no keyring program',
    desktops: {
      gnome: 'on GNOME',
      kde: 'on KDE Plasma',
      xfce: 'on Xfce',
      other: 'on another desktop',
      none: 'in a session without a desktop',
      macos: 'on macOS',
      windows: 'on Windows',
    },
  },
  finding: {
    keys: 'Keys',
    steps: 'What to do',
  },
  items: {
    usePassphrase: 'Move to a passphrase vault…',
    useOs: 'Move to the system keychain…',
  },
  leftBehind: 'Copies of your values are still in the system’s keychain.',
  nothing: {
    title: 'Your accounts cannot be listed now',
    text: 'They were in the vault’s file and in the keychain, and neither can be read. The file is untouched, and your keys keep working wherever they are in use.',
    next: 'Restore the keychain from a backup, then check again. Without a backup, repair the vault to start anew.',
  },
  readOnly: {
    open: 'The vault is open again.',
    still: 'Checked. The vault can still only be read.',
    repair: 'Repair…',
  },
  repair: {
    of: {
      os: {
        backup: 'If you have a backup of the keychain, cancel and put that back instead: then nothing is missing afterwards.',
        anew: 'The list of your keys, from the server, and each value that the keychain still has.',
        lost: 'Values that the keychain no longer has, notes, tags, other details and sites of keys, changes that were waiting for the server, and the record of what was revealed and copied.',
        afterwards:
          'Accounts whose session is gone ask you to sign in again. A vault on this computer opens only if its sign-in is still in the keychain.',
      },
      passphrase: {
        backup: 'If you have a backup of Latchkey’s folder, cancel and put that back instead: then nothing is missing afterwards.',
        anew: 'The list of your keys, from the server, and each value that the passphrase vault still has.',
        lost: 'Values that the passphrase vault no longer has, notes, tags, other details and sites of keys, changes that were waiting for the server, and the record of what was revealed and copied.',
        afterwards:
          'Accounts whose session is gone ask you to sign in again. A vault on this computer opens only if its sign-in is still in the passphrase vault.',
      },
    },
    list: {
      asideText: 'The damaged part of the list. It stays in the keychain under another name.',
      anew: 'The list, from what can be read of it.',
      lost: 'Stored values that only the damaged part listed. They stay in the keychain, but Latchkey cannot find them by itself.',
      busy: 'Setting the damaged part aside…',
      done: 'The vault is repaired. The damaged part of the list is still in the keychain, under another name.',
    },
    done: 'The vault is repaired. The old file is still in Latchkey’s folder, under another name.',
    title: 'Repair the vault?',
    aside: 'Set aside',
    asideText: 'The vault’s old file. It stays in Latchkey’s folder under another name, and is never deleted.',
    anew: 'Made anew',
    lost: 'Will not come back',
    after: 'Afterwards',
    busy: 'Setting the old file aside and asking the server…',
    repair: 'Repair the vault',
  },
  typed: {
    show: 'Show what I type',
  },
  unlock: {
    open: 'Vault open',
    passphrase: 'Passphrase',
    opening: 'Opening the vault. This takes about a second…',
    unlock: 'Unlock',
  },
  useOs: {
    done: 'Your values are in the system’s keychain. No passphrase is asked for any more.',
    title: 'Move to the system keychain?',
    how: 'What is in the file under your passphrase is copied to your system’s keychain, read back and compared. Only then is the file removed.',
    then: 'From then on no passphrase is asked for: the keychain opens when you sign in to this computer.',
    busy: 'Copying and comparing. Your system may ask you something…',
    move: 'Move to the system keychain',
  },
  /** Choosing a passphrase: for the vault, and for a backup. */
  newPassphrase: {
    choose: 'Choose a passphrase.',
    different: 'The two are not the same.',
    hint: (least: number) => `At least ${number(least)} characters. Four or five unrelated words do well.`,
    repeat: 'Repeat passphrase',
  },
  usePassphrase: {
    done: 'From now on Latchkey asks for your passphrase when it opens.',
    move: 'Move to a passphrase vault?',
    use: 'Use a passphrase instead?',
    where: 'Values are kept in an encrypted file in Latchkey’s folder, not in the system’s keychain.',
    asks: 'Latchkey asks for the passphrase at every start, and after every lock.',
    grave: 'Nobody can reset it. If you forget it, the values in the file are lost.',
    moves: 'What is in the keychain is copied, read back and compared, and only then removed there.',
    passphrase: 'Passphrase',
    moving: 'Making the key, copying and comparing…',
    making: 'Making the key takes about a second…',
    moveNow: 'Move to the passphrase vault',
    useNow: 'Use this passphrase',
  },
  command: {
    copied: 'Command copied',
    selected: 'Command selected',
    copy: 'Copy command',
  },
}
