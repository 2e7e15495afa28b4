import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals about names, keys and their values. */
export const keyTexts = {
  'name-invalid': {
    title: 'That name cannot be used',
    text: 'A key’s name has 1 to 64 characters: letters A–Z, digits, hyphen and underscore.',
    next: 'Change the name and try again.',
  },
  'name-taken': {
    title: 'You already have a key with that name',
    text: 'Names are unique within an account, and no second key was made.',
    next: 'Choose another name, or delete the other key first.',
  },
  'name-mismatch': {
    title: 'The name does not match',
    text: 'What you typed is not the name of this key, so nothing was done to it.',
    next: 'Type the name exactly as it is shown.',
  },
  'quota-reached': {
    title: 'This account has no room for another key',
    text: 'The server allows a fixed number of keys for each account, and disabled keys count.',
    next: 'Delete a key you no longer need, then create this one.',
  },
  'key-not-found': {
    title: 'There is no such key',
    text: 'The server does not know this key. It may have been deleted from another computer.',
    next: 'Sync to see the keys as they are now.',
  },
  'value-elsewhere': {
    title: 'The value is on another computer',
    text: 'The server shows a value once, to the computer that creates the key. It was never on this one.',
    next: 'Add its value here, or replace the key.',
  },
  'value-missing': {
    title: 'The value is gone from your keychain',
    text: 'It was stored here, but the keychain no longer has it, and the server cannot show it again.',
    next: 'Restore your keychain, add the value again, or replace the key.',
  },
  'value-lost': {
    title: 'The value never arrived',
    text: 'The server made the key, but its answer was cut off, so nobody has the value.',
    next: 'Replace the key: it is made again under the same name.',
  },
  'value-too-large': {
    title: 'The value is too large for your keychain',
    text: 'Your keychain takes no value of this length. It stays sealed in Latchkey’s encrypted cache.',
    next: 'Copy it from here, and ask the server’s operator for shorter keys.',
  },
  'creation-unsettled': {
    title: 'An earlier try is not settled yet',
    text: 'A key with this name was being created when the connection broke. It may exist already.',
    next: 'Wait a minute, since the server may still be at it. Then sync to find out.',
  },
  'value-refused': {
    title: 'The server refuses this value',
    text: 'A login with it failed, so it was not stored. It may be cut off, or the value of a key that was deleted.',
    next: 'Copy the whole value again and paste it here.',
  },
  'value-other-account': {
    title: 'This value opens another account',
    text: 'The login worked, but for another user, so the value was not stored with this key.',
    next: 'Switch to that account, or paste the value of this key.',
  },
  'value-other-key': {
    title: 'This is the value of another key',
    text: 'The login worked, but with another key of this account, so the value was not stored here.',
    next: 'Choose the other key and add it there, or paste the value of this one.',
  },
  'value-other-server': {
    title: 'This key belongs to another server',
    text: 'The value of a stored key is sent to its own server and app only. Nothing was sent.',
    next: 'Choose a key of this server and app, or sign in in another way.',
  },
  'value-unproved': {
    title: 'This may be the value of another key',
    text: 'The login worked, but the server does not say with which key. This key has a value here, so nothing was replaced.',
    next: 'Verify the value that is here. If it is wrong, replace the key: it is made again under the same name.',
  },
  'value-unreadable': {
    title: 'This cannot be stored as a value',
    text: 'It is empty, or has characters that no program could read. Nothing was stored.',
    next: 'Copy the value again, as text, and paste it here.',
  },
  'value-too-long': {
    title: 'The value is longer than your keychain takes',
    text: 'Nothing was stored.',
    next: 'Use a passphrase vault, which takes up to 16,384 bytes, or leave the value in a file.',
  },
  'key-disabled': {
    title: 'This key is disabled',
    text: 'The server refuses logins with a disabled key, so its value cannot be proved.',
    next: 'Enable the key, then add its value.',
  },
  'change-not-found': {
    title: 'That change no longer waits',
    text: 'It was made or given up while this window was open.',
    next: 'Look at the list: it shows the key as it is now.',
  },
  'notes-invalid': {
    title: 'These notes cannot be stored',
    text: 'Notes have up to 2,000 characters, in lines of plain text.',
    next: 'Shorten them, or keep the long text in a file.',
  },
  'tags-invalid': {
    title: 'These tags cannot be stored',
    text: 'A key has up to 10 tags, of up to 32 characters each. Commas separate them.',
    next: 'Shorten or remove a tag.',
  },
  'user-invalid': {
    title: 'This user cannot be stored',
    text: 'The user or account is one line of up to 128 characters.',
    next: 'Shorten it, or write the rest into the notes.',
  },
  'expires-invalid': {
    title: 'There is no such day',
    text: 'The last day of a key is a day of the calendar.',
    next: 'Choose another day, or leave the field empty.',
  },
  'renewal-invalid': {
    title: 'This address cannot be stored',
    text: 'The address where you renew a key starts with https:// and contains no password.',
    next: 'Copy the address from your browser, or leave the field empty.',
  },
  'renewal-unknown': {
    title: 'Nobody wrote down where to renew this key',
    text: 'Latchkey knows no address for its service either.',
    next: 'Add the address under Edit details.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
