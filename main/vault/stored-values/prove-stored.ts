import type { KeyDetails } from '../../../shared/key-details.ts'
import { requireKeyManager } from '../model/account.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { items } from '../keychain/items.ts'
import { type KeyRecord, type KeySummary } from '../model/key.ts'
import { requireOwnServer } from '../accounts/known-servers.ts'
import { presentKeys, requireKey } from '../keys/list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { persistProvedValue } from '../keys/proved-value.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { release } from '../release/release.ts'
import type { Secret } from '../secret.ts'
import { dropStoredValue, requireStoredAccount } from './stored-values.ts'
import { summaryOf } from '../model/key-summary.ts'

/**
 * Turns a stored value into the value of an account's key, once a login there has proved that it is. The value is sent only to that
 * account's server, which the person confirms in a window of the main process.
 *
 * If the server does not tell which key it was, the key of the same name is used, unless that is known to have another value.
 * @returns the key, which has the value from now on, and the stored value's details where it has none; the stored value is removed
 * @throws Refusal `value-refused`, `value-other-account`; `value-other-key` if it is unknown which key it is; those of `release`, of the
 *   server and of the keychain
 */
export async function proveStored(vault: UnlockedVault, storedAccountId: string, id: string, accountId: string): Promise<KeySummary> {
  requireStoredAccount(vault, storedAccountId)
  const { server } = requireKeyManager(accountOf(vault, accountId)) // so the two accounts differ, and entering one queue inside the other cannot deadlock
  // Before entering the queues: nothing else of these accounts waits for the person.
  if (server !== null) await requireOwnServer(vault, requireKey(vault, storedAccountId, id), server)
  return vault.queues.runExclusive(storedAccountId, () =>
    vault.queues.runExclusive(accountId, async (turn) => {
      requireWritable(vault)
      const account = accountOf(vault, accountId)
      const stored = requireKey(vault, storedAccountId, id)
      const value = await release(vault, storedAccountId, id, { purpose: 'verify', to: account.server })
      const { userId, keyId } = await vault.servers.tryValue(account, value).catch((error: unknown) => {
        throw codeOf(error) === 'wrong-credentials' ? new Refusal('value-refused') : error
      })
      if (userId !== account.userId) throw new Refusal('value-other-account')
      const key = findProvedKey(presentKeys(vault, accountId), keyId, stored.name)
      if (key === undefined || (keyId === null && hasOtherValue(vault, key, value))) throw new Refusal('value-other-key')
      const settled = await persistProvedValue(vault, turn, { ...key, details: withMissing(key.details, stored.details) }, value, keyId)
      await dropStoredValue(vault, turn, stored)
      for (const changed of [storedAccountId, accountId]) vault.announce('keys', changed)
      return summaryOf(vault, settled)
    }),
  )
}

/** The details of a key, with those of the stored value where the key has none. */
function withMissing(details: KeyDetails, other: KeyDetails): KeyDetails {
  return {
    notes: details.notes ?? other.notes,
    tags: details.tags.length === 0 ? other.tags : details.tags,
    environment: details.environment ?? other.environment,
    user: details.user ?? other.user,
    expires: details.expires ?? other.expires,
    renewal: details.renewal ?? other.renewal,
  }
}

/** Two keys of one account open it alike. A stored value without a fingerprint may be another one. */
function hasOtherValue({ root }: UnlockedVault, record: KeyRecord, value: Secret): boolean {
  const { accountId, id, fingerprint } = record
  return fingerprint === null ? holdsValue(record) : fingerprint !== root.fingerprint(value, items.value(accountId, id))
}

function findProvedKey(keys: readonly KeyRecord[], provedKeyId: string | null, name: string): KeyRecord | undefined {
  return keys.find(({ id }) => id === provedKeyId) ?? (provedKeyId === null ? keys.find((key) => key.name === name) : undefined)
}
