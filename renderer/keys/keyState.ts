import type { Key } from '../../preload/contract.ts'
import type { IconName } from '../look/drawings.ts'

interface StateWords {
  readonly icon: IconName
  readonly word: string
  readonly text: string
}

/** A key's state by icon and word: colour alone says nothing. */
export function stateWords(key: Key): StateWords {
  return key.enabled
    ? { icon: 'enabled', word: 'Enabled', text: 'Logins with this key are accepted.' }
    : { icon: 'disabled', word: 'Disabled', text: 'Logins with this key are refused until you enable it again.' }
}

/** Where a key's value is; `short` is for a row of the list. */
export const valueWords: Record<Key['value'], StateWords & { readonly short: string }> = {
  here: {
    icon: 'lock',
    word: 'In your keychain',
    short: 'Here',
    text: 'The value is stored in this computer’s keychain.',
  },
  sealed: {
    icon: 'lock',
    word: 'Not in your keychain yet',
    short: 'Sealed',
    text: 'The value is safe in Latchkey’s encrypted cache, and moves to the keychain as soon as it can be reached.',
  },
  elsewhere: {
    icon: 'other-computer',
    word: 'On another computer',
    short: 'Elsewhere',
    text:
      'This key was created on another computer, and the server shows a value only once. ' +
      'Copy it there, or create a new key here.',
  },
  missing: {
    icon: 'warning',
    word: 'Gone from keychain',
    short: 'Gone',
    text:
      'The value was stored in this computer’s keychain, which no longer has it. ' +
      'Restore your keychain, or delete this key and create a new one.',
  },
  lost: {
    icon: 'warning',
    word: 'Value never arrived',
    short: 'Never arrived',
    text:
      'The server made this key, but its answer was cut off, so nobody has the value. ' +
      'Delete the key and create it again under the same name.',
  },
}

/** Whether the value can be copied and revealed on this computer. */
export function holdsValue(key: Key): boolean {
  return key.value === 'here' || key.value === 'sealed'
}
