import type { KeyRecord } from '../model/key.ts'
import { notify } from './notifications.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { Intent } from '../model/pending-change.ts'

/**
 * Decides about a change that was pending in an old copy of the vault: a backup or an older file. It is not applied: its person may have
 * cancelled it since, and a deletion cannot be undone. They are notified and can ask for it again. A creation that was sent stays pending:
 * it is never sent again, and the server's next list tells whether it created a key.
 */
export function changeForOldIntent(
  vault: Pick<UnlockedVault, 'clock'>,
  intent: Intent,
  keys: readonly Pick<KeyRecord, 'accountId' | 'id' | 'goneAt'>[],
): Change {
  const { accountId, kind, keyId, name, sent } = intent
  if (kind === 'create' && sent) return { op: 'put-intent', intent }
  // The server had already deleted the key and only its value remained, which is in the trash now.
  const isGone = keys.some((key) => key.accountId === accountId && key.id === keyId && key.goneAt !== null)
  return notify(vault, accountId, isGone ? 'gone' : `not-${pastTense[kind]}-restored`, { id: keyId, name })
}

const pastTense = { create: 'created', enable: 'enabled', disable: 'disabled', delete: 'deleted' } as const
