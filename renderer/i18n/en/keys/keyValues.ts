/** Where a key's value is, or what happened to it. */
export const keyValues = {
  here: { word: 'In your keychain', short: 'Here', text: 'The value is stored in this computer’s keychain.' },
  inFile: { word: 'In your passphrase vault', short: 'Here', text: 'The value is stored on this computer, in your passphrase vault.' },
  locked: {
    word: 'Keychain cannot be read',
    short: 'Locked',
    text: 'The value is stored in this computer’s keychain, which cannot be read now. It is not gone: it is there again once the keychain can be read.',
  },
  sealed: {
    word: 'Not in your keychain yet',
    short: 'Sealed',
    text: 'The value is safe in Latchkey’s encrypted cache, and moves to the keychain as soon as it can be reached.',
  },
  elsewhere: {
    word: 'Not on this computer',
    short: 'Elsewhere',
    text: 'This key was created elsewhere, and the server shows a value only once. Bring its value from there, or replace the key: it is made again under the same name, with a value that is stored here.',
  },
  missing: {
    word: 'Gone from your keychain',
    short: 'Gone',
    text: 'The value was stored in this computer’s keychain, which no longer has it. Somebody or something removed it. Restore the keychain, add the value from where it is used, or replace the key.',
  },
  changed: {
    word: 'Changed in your keychain',
    short: 'Changed',
    text: 'Another program or a person changed this item in the keychain. Latchkey does not give out what is there now, as it is not the value that was stored. Put the old value back in the keychain and sync, add the right value here, or replace the key.',
  },
  lost: {
    word: 'Value never arrived',
    short: 'Never arrived',
    text: 'The server made this key, but its answer was cut off, so nobody has the value. Replace the key: it is made again under the same name. Or delete it.',
  },
}
