/** Everything that the doctor can find wrong, in the order in which to act on it: an item cannot be missing without a keychain. */
export const keychainTroubles = [
  'app-changed',
  'library-missing',
  'no-bus',
  'no-service',
  'no-collection',
  'locked',
  'denied',
  'died',
  'timeout',
  'reset',
  'changed',
  'left-behind',
  'item-missing',
  'item-different',
] as const
