import type { Key, Verdict } from '../../preload/contract.ts'
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
  locked: {
    icon: 'lock',
    word: 'Keychain cannot be read',
    short: 'Locked',
    text: 'The value is stored in this computer’s keychain, which cannot be read now. It is not gone: it is there again once the keychain can be read.',
  },
  sealed: {
    icon: 'lock',
    word: 'Not in your keychain yet',
    short: 'Sealed',
    text: 'The value is safe in Latchkey’s encrypted cache, and moves to the keychain as soon as it can be reached.',
  },
  elsewhere: {
    icon: 'other-computer',
    word: 'Not on this computer',
    short: 'Elsewhere',
    text:
      'This key was created elsewhere, and the server shows a value only once. Bring its value from there, ' +
      'or replace the key: it is made again under the same name, with a value that is stored here.',
  },
  missing: {
    icon: 'warning',
    word: 'Gone from your keychain',
    short: 'Gone',
    text:
      'The value was stored in this computer’s keychain, which no longer has it. Somebody or something removed it. ' +
      'Restore the keychain, add the value from where it is used, or replace the key.',
  },
  lost: {
    icon: 'warning',
    word: 'Value never arrived',
    short: 'Never arrived',
    text:
      'The server made this key, but its answer was cut off, so nobody has the value. ' +
      'Replace the key: it is made again under the same name. Or delete it.',
  },
}

/** What the place is called where values are kept, after `your`. */
export const storeWords = { os: 'keychain', passphrase: 'passphrase vault', guarded: 'keychain, under your passphrase' } as const

/** As `valueWords`, in the words of where this vault keeps its values. */
export function placeOf(key: Key, keychain: keyof typeof storeWords): StateWords {
  if (keychain === 'passphrase' && key.value === 'here') {
    return { icon: 'lock', word: 'In your passphrase vault', text: 'The value is stored on this computer, in your passphrase vault.' }
  }
  return valueWords[key.value]
}

interface VerdictWords {
  readonly icon: IconName
  readonly word: string
  /** For a row of the list. */
  readonly short: string
  /** There where something has to be done about it. */
  readonly text: string | null
}

/** What the last login with the stored value proved. */
export const verdictWords: Record<Verdict, VerdictWords> = {
  works: { icon: 'check', word: 'Works', short: 'Works', text: null },
  disabled: { icon: 'disabled', word: 'Refused, as the key is disabled', short: 'Refused', text: null },
  deleted: {
    icon: 'warning',
    word: 'Deleted on the server',
    short: 'Deleted',
    text: 'The server no longer has this key, so its value opens nothing. Sync to bring the list up to date.',
  },
  wrong: {
    icon: 'warning',
    word: 'Wrong value',
    short: 'Wrong value',
    text: 'The server has this key, enabled, and refuses the value stored here. Add the right value, or replace the key.',
  },
  'other-account': {
    icon: 'warning',
    word: 'Opens another account',
    short: 'Other account',
    text: 'The value stored here logs in, but as another user. Add the value of this key, or replace it.',
  },
}

/** Whether the value can be copied and revealed on this computer. */
export function holdsValue(key: Key): boolean {
  return key.value === 'here' || key.value === 'sealed'
}

/** Whether the last login proved that something is wrong with the value itself. */
export function provedBad(key: Key): boolean {
  return key.verified !== null && verdictWords[key.verified.verdict].text !== null
}

/** Whether a person has to do something before this key can be used here. A key made elsewhere is as it should be. */
export function needsAttention(key: Key): boolean {
  return key.value === 'missing' || key.value === 'lost' || key.value === 'locked' || provedBad(key)
}

export type ValueRemedy = 'unlock' | 'add-value' | 'replace' | 'doctor'

const remedies: Record<Key['value'], readonly ValueRemedy[]> = {
  here: [],
  locked: ['unlock'],
  sealed: [],
  elsewhere: ['add-value', 'replace'],
  missing: ['add-value', 'replace', 'doctor'],
  lost: ['replace'],
}

/** What can be done about a value, the likeliest first. */
export function remediesOf(key: Key): readonly ValueRemedy[] {
  if (holdsValue(key) && key.verified !== null && key.verified.verdict !== 'deleted' && provedBad(key)) {
    return ['add-value', 'replace']
  }
  return remedies[key.value]
}
