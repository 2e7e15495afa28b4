import type { Key, Waiting } from '../../../../preload/contract.ts'
import { holdsValue } from '../../../../shared/lists/keys.ts'
import { needsAttention } from '../keyState.ts'

export const filters = ['all', 'here', 'elsewhere', 'attention', 'disabled', 'waiting'] as const
export type Filter = (typeof filters)[number]

/** Whether a filter shows a key. `waiting` are the account's pending changes. */
export function matchesFilter(key: Key, filter: Filter, waiting: readonly Waiting[]): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'here':
      return holdsValue(key) || key.value === 'locked'
    case 'elsewhere':
      return key.value === 'elsewhere'
    case 'attention':
      return needsAttention(key)
    case 'disabled':
      return !key.enabled
    case 'waiting':
      return waiting.some((change) => change.keyId === key.id)
  }
}

/** How many keys each filter shows. */
export function countByFilter(keys: readonly Key[], waiting: readonly Waiting[]): Record<Filter, number> {
  const count = (filter: Filter): number => keys.filter((key) => matchesFilter(key, filter, waiting)).length
  return {
    all: keys.length,
    here: count('here'),
    elsewhere: count('elsewhere'),
    attention: count('attention'),
    disabled: count('disabled'),
    waiting: count('waiting'),
  }
}
