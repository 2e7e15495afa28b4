import type { AccountWithoutServer } from '../../shared/lists/accounts.ts'

/** Main's names for accounts without a name of their own. They are the same in every language, since scripts find keys by them. */
export const ownNames = new Map([
  ['This computer', 'local'],
  ['Stored values', 'values'],
] as const) as ReadonlyMap<string, AccountWithoutServer>
