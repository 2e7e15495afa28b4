import type { RefusalCode } from '../../preload/contract.ts'
import type { RefusalWords } from './wording.ts'

/** Refusals of names, keys and their values. */
export const keyWords = {
  'name-invalid': {
    title: 'That name cannot be used',
    text: 'A key’s name has 1 to 64 characters: letters A–Z, digits, hyphen and underscore.',
    next: 'Change the name and try again.',
  },
  'name-taken': {
    title: 'You already have a key of that name',
    text: 'Names are unique within an account, and no second key was made.',
    next: 'Choose another name, or delete the other key first.',
  },
  'name-mismatch': {
    title: 'The name does not match',
    text: 'What you typed is not the name of this key, so it was not deleted.',
    next: 'Type the name exactly as it is shown.',
  },
  'quota-reached': {
    title: 'All keys of this account are in use',
    text: 'The server allows a fixed number of keys for each account, and disabled keys count.',
    next: 'Delete a key you no longer need, then create this one.',
  },
  'key-not-found': {
    title: 'There is no such key',
    text: 'The server does not know this key. It may have been deleted from another computer.',
    next: 'Sync to see the keys as they are now.',
    remedy: 'sync',
  },
  'value-elsewhere': {
    title: 'The value is on another computer',
    text: 'The server shows a value once, to the computer that creates the key. It was never on this one.',
    next: 'Copy it on that computer, or create a new key here.',
  },
  'value-missing': {
    title: 'The value is gone from your keychain',
    text: 'It was stored here, but the keychain no longer has it, and the server cannot show it again.',
    next: 'Restore your keychain, or delete this key and create a new one.',
  },
  'value-lost': {
    title: 'The value never arrived',
    text: 'The server made the key, but its answer was cut off, so nobody has the value.',
    next: 'Delete this key and create it again under the same name.',
  },
  'value-too-large': {
    title: 'The value is too large for your keychain',
    text: 'Your keychain takes no value of this length. It stays sealed in Latchkey’s encrypted cache.',
    next: 'Copy it from here, and ask the server’s operator for shorter keys.',
  },
  'creation-unsettled': {
    title: 'An earlier try is not settled yet',
    text: 'A key of this name was being created when the connection broke. It may exist already.',
    next: 'Sync to find out, then go on.',
    remedy: 'sync',
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>
