import type { Key } from '../../../preload/contract.ts'
import { holdsValue, type Verdict } from '../../../shared/lists/keys.ts'
import type { KeychainKind } from '../../../shared/lists/keychain.ts'
import type { IconName } from '../../ui/icons/drawings.ts'
import { texts } from '../../i18n/texts.svelte.ts'
import { isExpired } from './expiry.ts'

interface StateTexts {
  readonly icon: IconName
  readonly word: string
  readonly text: string
}

/** A key's state as icon and text, because colour alone is not accessible. */
export function stateTexts(key: Key): StateTexts {
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

/** The state of a stored value: nobody can tell whether it still works. */
export function storedTexts(): Pick<ReturnType<typeof stateTexts>, 'icon' | 'word'> {
  return { icon: 'info', word: texts().transfer.values.state }
}

/** Where a key's value is. `short` is the version for a row of the list. */
export function valueTexts(value: Key['value']): StateTexts & { readonly short: string } {
  return { icon: valueIcons[value], ...texts().keys.values[value] }
}

/** Like `valueTexts`, worded for the keychain that this vault uses. */
export function placeOf(key: Key, keychain: KeychainKind): StateTexts {
  return keychain === 'passphrase' && key.value === 'here' ? { icon: 'lock', ...texts().keys.values.inFile } : valueTexts(key.value)
}

interface VerdictTexts {
  readonly icon: IconName
  readonly word: string
  /** The version for a row of the list. */
  readonly short: string
  /** Present if the user has to act. */
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
export function verdictTexts(verdict: Verdict): VerdictTexts {
  return { icon: verdictIcons[verdict], ...texts().keys.verdicts[verdict] }
}

/** Whether the keychain no longer has the value that was stored in it. */
export function isValueMissing({ value }: Pick<Key, 'value'>): boolean {
  return value === 'missing' || value === 'changed'
}

/** Whether the last login proved that the value itself is bad. */
export function isProvedBad(key: Key): boolean {
  return key.verified !== null && verdictIcons[key.verified.verdict] === 'warning'
}

/** Whether the user has to act before this key can be used here. A key that was created on another computer needs no action. */
export function needsAttention(key: Key): boolean {
  return (
    isValueMissing(key) || key.value === 'lost' || key.value === 'locked' || isProvedBad(key) || isExpired(key.details.expires, Date.now())
  )
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

/** What can be done about a value, the most likely remedy first. */
export function remediesOf(key: Key): readonly ValueRemedy[] {
  if (holdsValue(key) && key.verified !== null && key.verified.verdict !== 'deleted' && isProvedBad(key)) {
    return ['add-value', 'replace']
  }
  return remedies[key.value]
}
