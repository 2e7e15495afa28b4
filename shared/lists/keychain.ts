/** What holds a vault's secrets. `guarded`: the OS keychain with each item sealed under a passphrase. */
export const keychainKinds = ['os', 'passphrase', 'guarded'] as const
export type KeychainKind = (typeof keychainKinds)[number]

/** The desktops that the doctor's advice distinguishes. `none`: no display could show a prompt. */
export const desktops = ['gnome', 'kde', 'xfce', 'other', 'none', 'macos', 'windows'] as const
export type Desktop = (typeof desktops)[number]

/** What can be wrong with the keychain itself, whatever Latchkey stores in it. */
export const keychainTroubles = ['library-missing', 'no-bus', 'no-service', 'no-collection', 'locked', 'denied', 'died', 'timeout'] as const
export type KeychainTrouble = (typeof keychainTroubles)[number]

/** What can be wrong with the item of one key. */
export const itemTroubles = ['item-missing', 'item-different'] as const
export type ItemTrouble = (typeof itemTroubles)[number]

/** Everything that the doctor can find, in the order in which to act on it: an item cannot be missing without a keychain. `fine` is always alone. */
export const findings = ['fine', 'app-changed', ...keychainTroubles, 'reset', 'changed', 'left-behind', ...itemTroubles] as const
export type Finding = (typeof findings)[number]
