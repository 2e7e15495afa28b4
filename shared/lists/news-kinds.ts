/**
 * What happened unseen. `made`, `enabled`, `disabled`, `gone`, `back`: another computer or program did it. `created`: a pending creation was
 * made. `not-created`: the connection broke during a creation, and the server did not make the key. Other `not-…`: a pending change was not
 * made, because the name was taken, the account was full, the key was gone, or a key to be deleted had been enabled elsewhere.
 * `not-…-restored`: the change was pending in a backup or in an older copy of the vault's file, and is not made after a restore.
 * `cache-rebuilt`: the vault's file could not be read and was set aside. `older-file`: the vault's file is an older copy of itself, as its
 * journal shows.
 */
export const newsKinds = [
  'made',
  'enabled',
  'disabled',
  'gone',
  'back',
  'created',
  'not-created',
  'not-created-name-taken',
  'not-created-full',
  'not-created-refused',
  'not-changed-gone',
  'not-deleted-enabled',
  'not-created-restored',
  'not-enabled-restored',
  'not-disabled-restored',
  'not-deleted-restored',
  'cache-rebuilt',
  'older-file',
] as const
export type NewsKind = (typeof newsKinds)[number]
