/** What main calls accounts that have no name from outside: the same in every language, since scripts find keys by it. */
export const ownNames = new Map([
  ['This computer', 'local'],
  ['Stored values', 'values'],
] as const) as ReadonlyMap<string, 'local' | 'values'>
