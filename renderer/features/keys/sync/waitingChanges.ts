import type { KeyList, Waiting } from '../../../../preload/contract.ts'
import type { Connection } from '../../../../shared/lists/keys.ts'
import { texts } from '../../../i18n/texts.svelte.ts'

/** What a pending change does, as `Disable ci-deploy`. */
export function changeLine({ kind, name }: Waiting): string {
  return texts().keyDialogs.waiting.kinds[kind](name)
}

/**
 * What a pending change will do to its key, as `Will be disabled when online`. A change that was sent counts neither as done nor as still
 * to do.
 */
export function waitingText({ kind, sent }: Waiting, connection: Connection): string {
  const t = texts().keyDialogs.waiting
  return sent ? t.sent[kind] : t.will(kind, connection)
}

/** The same with the key's name, for a notice: `ci-deploy will be disabled when online`. */
export function waitingNotice(change: Waiting, connection: Connection): string {
  return texts().keyDialogs.waiting.notice(change.name, waitingText(change, connection), change.sent)
}

/** The pending change that decides a key's outcome: if there are several, the last one. */
export function changeOf(keyId: string, waiting: readonly Waiting[]): Waiting | null {
  return waiting.filter((change) => change.keyId === keyId).at(-1) ?? null
}

/** Keys that the server has not created yet. */
export function creationsOf(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter((change) => change.kind === 'create')
}

/** `1 change is waiting`, `3 changes are waiting`. */
export function waitingCount(count: number): string {
  return texts().keyDialogs.waiting.count(count)
}

/** How many keys the account will have once all pending changes are done. */
export function placesTaken(list: KeyList): number {
  const deleted = list.keys.filter((key) => changeOf(key.id, list.waiting)?.kind === 'delete').length
  return list.keys.length - deleted + creationsOf(list.waiting).length
}
