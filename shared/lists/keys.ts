/** A backup has no `changed` value: in the vault that it is restored to, the keychain has no such item, so it is `missing`. */
export const backedUpValueStates = ['here', 'sealed', 'elsewhere', 'missing', 'lost'] as const

/**
 * Where a key's value is. `here`: in this computer's keychain. `sealed`: in the encrypted cache until the keychain takes it. `elsewhere`: the
 * key was created on another computer. `missing`: it was here, and the keychain no longer has it. `changed`: another program put something
 * else in its place, which is never released. `lost`: the server created it but the answer never arrived, so nobody ever had it.
 */
export const valueStates = [...backedUpValueStates, 'changed'] as const
export type ValueState = (typeof valueStates)[number]

/** `locked`: stored here, but the keychain does not return it now. */
export const shownValueStates = [...valueStates, 'locked'] as const
export type ShownValueState = (typeof shownValueStates)[number]

/** Whether this computer has the value of a key, and can read it now. */
export function holdsValue({ value }: { readonly value: ShownValueState }): boolean {
  return value === 'here' || value === 'sealed'
}

/**
 * The result of the last login with the stored value, those that need action first. `wrong`: the server has the key, enabled, and refused
 * the value.
 */
export const verdicts = ['wrong', 'other-account', 'deleted', 'disabled', 'works'] as const
export type Verdict = (typeof verdicts)[number]

/** Changes of an existing key. */
export const keyChanges = ['enable', 'disable', 'delete'] as const
/** What a pending change does. */
export const changeKinds = ['create', ...keyChanges] as const

/**
 * `checking`: no request since the start. `offline`: this computer has no network. `unreachable`: it has one, but the server does not
 * answer, or not correctly. `signed-out`: the server or the person ended the session.
 */
export const connections = ['checking', 'online', 'offline', 'unreachable', 'signed-out'] as const
export type Connection = (typeof connections)[number]

/** What a key is for, as its person says. */
export const environments = ['production', 'test', 'development'] as const
export type Environment = (typeof environments)[number]
