import type { Account, KeyList, RefusalCode } from '../../../../preload/contract.ts'
import { networkTrouble } from '../../../../shared/lists/network-trouble.ts'
import { since } from '../../../time/elapsed.ts'
import type { IconName } from '../../../ui/icons/drawings.ts'
import { texts } from '../../../i18n/texts.svelte.ts'

export interface ConnectionTexts {
  readonly icon: IconName
  readonly word: string
  /** The refusal whose text gives more detail, or null. */
  readonly reason: RefusalCode | null
  /** `calm`: as it should be. `away`: offline or similar. `amiss`: something that the user should look at. */
  readonly mood: 'calm' | 'away' | 'amiss'
  readonly signIn: boolean
}

/**
 * The connection state between this computer and the server. Being offline is a state and not an error, so the user is not asked to act.
 */
export function connectionTexts(account: Account, list: KeyList, now: number): ConnectionTexts {
  const { connection, trouble } = list
  const t = texts().keys.connection
  const from = trouble === null ? null : since(trouble.since, now)
  if (connection === 'signed-out' || !account.signedIn) {
    const byServer = trouble?.code === 'session-ended'
    return { icon: 'sign-out', word: byServer ? t.signedOutByServer : t.signedOut, reason: null, mood: 'amiss', signIn: true }
  }
  if (account.kind === 'values')
    return { icon: 'lock', word: texts().transfer.values.connection, reason: null, mood: 'calm', signIn: false }
  if (!account.managesKeys) return { icon: 'info', word: t.noKeys, reason: null, mood: 'calm', signIn: false }
  switch (connection) {
    case 'checking':
      return { icon: 'online', word: t.checking, reason: null, mood: 'calm', signIn: false }
    case 'offline':
      return { icon: 'offline', word: t.offline(from), reason: null, mood: 'away', signIn: false }
    case 'unreachable':
      return { icon: 'warning', word: t.unreachable(from), reason: trouble?.code ?? null, mood: 'amiss', signIn: false }
    case 'online':
      return {
        icon: trouble === null ? 'online' : 'warning',
        word: trouble === null ? (account.kind === 'local' ? t.local : t.online) : t.unfinished,
        reason: trouble?.code ?? null,
        mood: trouble === null ? 'calm' : 'amiss',
        signIn: false,
      }
  }
}

/** Refusals that say only that the server could not be reached. */
const networkCodes: ReadonlySet<RefusalCode> = new Set<RefusalCode>(networkTrouble)

export function isNetworkTrouble(code: RefusalCode): boolean {
  return networkCodes.has(code)
}

/** Whether a request to the server would fail now, as far as is known. */
export function isServerUnreachable(list: KeyList | null): boolean {
  return list !== null && (list.connection === 'offline' || list.connection === 'unreachable' || list.connection === 'signed-out')
}
