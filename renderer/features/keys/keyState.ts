import type { Key, Verdict } from '../../../preload/contract.ts'
import type { IconName } from '../../ui/drawings.ts'
import { texts } from '../../i18n/texts.svelte.ts'

interface StateWords {
  readonly icon: IconName
  readonly word: string
  readonly text: string
}

/** A key's state by icon and word: colour alone says nothing. */
export function stateWords(key: Key): StateWords {
  const { enabled, disabled } = texts().keys.states
  return key.enabled ? { icon: 'enabled', ...enabled } : { icon: 'disabled', ...disabled }
}

const valueIcons: Record<Key['value'], IconName> = {
  here: 'lock',
  locked: 'lock',
  sealed: 'lock',
  elsewhere: 'other-computer',
  missing: 'warning',
  changed: 'warning',
  lost: 'warning',
}

/** Of a value that came from elsewhere: nobody says whether it still works. */
export function storedWords(): Pick<ReturnType<typeof stateWords>, 'icon' | 'word'> {
  return { icon: 'info', word: texts().moving.values.state }
}

/** Where a key's value is; `short` is for a row of the list. */
export function valueWords(value: Key['value']): StateWords & { readonly short: string } {
  return { icon: valueIcons[value], ...texts().keys.values[value] }
}

/** As `valueWords`, in the words of where this vault keeps its values. */
export function placeOf(key: Key, keychain: 'os' | 'passphrase' | 'guarded'): StateWords {
  return keychain === 'passphrase' && key.value === 'here' ? { icon: 'lock', ...texts().keys.values.inFile } : valueWords(key.value)
}

interface VerdictWords {
  readonly icon: IconName
  readonly word: string
  /** For a row of the list. */
  readonly short: string
  /** There where something has to be done about it. */
  readonly text?: string
}

const verdictIcons: Record<Verdict, IconName> = {
  works: 'check',
  disabled: 'disabled',
  deleted: 'warning',
  wrong: 'warning',
  'other-account': 'warning',
}

/** What the last login with the stored value proved. */
export function verdictWords(verdict: Verdict): VerdictWords {
  return { icon: verdictIcons[verdict], ...texts().keys.verdicts[verdict] }
}

/** Whether the keychain no longer has the value that it was given. */
export function isGone({ value }: Pick<Key, 'value'>): boolean {
  return value === 'missing' || value === 'changed'
}

/** Whether the value can be copied and revealed on this computer. */
export function holdsValue(key: Key): boolean {
  return key.value === 'here' || key.value === 'sealed'
}

/** Whether the last login proved that something is wrong with the value itself. */
export function provedBad(key: Key): boolean {
  return key.verified !== null && verdictIcons[key.verified.verdict] === 'warning'
}

/** Whether a person has to do something before this key can be used here. A key made elsewhere is as it should be. */
export function needsAttention(key: Key): boolean {
  return isGone(key) || key.value === 'lost' || key.value === 'locked' || provedBad(key)
}

export type ValueRemedy = 'unlock' | 'add-value' | 'replace' | 'doctor'

const remedies: Record<Key['value'], readonly ValueRemedy[]> = {
  here: [],
  locked: ['unlock'],
  sealed: [],
  elsewhere: ['add-value', 'replace'],
  missing: ['add-value', 'replace', 'doctor'],
  changed: ['add-value', 'replace', 'doctor'],
  lost: ['replace'],
}

/** What can be done about a value, the likeliest first. */
export function remediesOf(key: Key): readonly ValueRemedy[] {
  if (holdsValue(key) && key.verified !== null && key.verified.verdict !== 'deleted' && provedBad(key)) {
    return ['add-value', 'replace']
  }
  return remedies[key.value]
}
