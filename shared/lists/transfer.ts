/**
 * Why something in another program's file is not imported. `variable`: it uses a variable that the file does not set above it. `deleted`:
 * it is in the other program's trash. `reference`: it refers to another entry's value. `visible`: it is not marked as secret. `note`,
 * `one-time-code`, `passkey`, `older`: an entry has it beside its value. `other-kind`: a whole entry, such as a payment card.
 */
export const skipReasons = [
  'empty',
  'too-long',
  'unreadable',
  'variable',
  'deleted',
  'reference',
  'visible',
  'note',
  'one-time-code',
  'passkey',
  'older',
  'other-kind',
] as const

export type SkipReason = (typeof skipReasons)[number]
