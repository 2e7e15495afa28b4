import type { KeyList, Waiting } from '../../preload/contract.ts'

export type Connection = KeyList['connection']

/** Until when a change waits. Empty while it is under way: then nothing is waited for but the answer. */
const until: Record<Connection, string> = {
  online: '',
  checking: 'when online',
  offline: 'when online',
  unreachable: 'when the server answers',
  'signed-out': 'after you sign in',
}

const past: Record<Waiting['kind'], string> = { create: 'created', enable: 'enabled', disable: 'disabled', delete: 'deleted' }

/** What a waiting change does, to put before a key's name. */
export const changeWords: Record<Waiting['kind'], string> = {
  create: 'Create',
  enable: 'Enable',
  disable: 'Disable',
  delete: 'Delete',
}

/** What will become of a key, as `Will be disabled when online`. One that was sent is never called done, nor still to do. */
export function waitingWords(change: Waiting, connection: Connection): string {
  if (change.sent && change.kind === 'create') return 'Being looked for on the server'
  if (change.sent) return `Asked to be ${past[change.kind]}, answer unknown`
  return until[connection] === '' ? `Is being ${past[change.kind]}` : `Will be ${past[change.kind]} ${until[connection]}`
}

/** The same with the key's name, for a notice: `ci-deploy will be disabled when online`. */
export function waitingNotice(change: Waiting, connection: Connection): string {
  const words = waitingWords(change, connection)
  return `${change.name}${change.sent ? ':' : ''} ${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** The change that decides what becomes of a key: of several, the last. */
export function changeOf(keyId: string, waiting: readonly Waiting[]): Waiting | null {
  return waiting.filter((change) => change.keyId === keyId).at(-1) ?? null
}

/** Keys that the server has not made yet. */
export function creationsOf(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter((change) => change.kind === 'create')
}

/** `1 change is waiting`, `3 changes are waiting`. */
export function waitingCount(count: number): string {
  return count === 1 ? '1 change is waiting' : `${count} changes are waiting`
}

/** The places of the account that are taken once everything waiting is done. */
export function placesTaken(list: KeyList): number {
  const deleted = list.keys.filter((key) => changeOf(key.id, list.waiting)?.kind === 'delete').length
  return list.keys.length - deleted + creationsOf(list.waiting).length
}
