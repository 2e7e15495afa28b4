import { requireKeyManager } from '../model/account.ts'
import { journalSent } from '../accounts/known-servers.ts'
import type { KeySummary } from '../model/key.ts'
import { requireKey } from './list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { persistProvedValue } from './proved-value.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { summaryOf } from '../model/key-summary.ts'

/**
 * Stores a value that a person brings for a key. It is accepted once a login with it has proved that it opens this account, and this very
 * key if the server tells which key it was: a name with a wrong value behind it is worse than a name without a value.
 *
 * @throws Refusal `key-disabled`, because no login can prove anything; `value-refused`, `value-other-account`; those of
 *   `persistProvedValue` and of the server; nothing is stored then
 */
export function addValue(vault: UnlockedVault, accountId: string, id: string, typed: Secret): Promise<KeySummary> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    requireKeyManager(account)
    const value = parseValue(typed)
    const key = requireKey(vault, accountId, id)
    if (!key.enabled) throw new Refusal('key-disabled')
    vault.cache.commit(journalSent(vault, account.server, key))
    const { userId, keyId } = await vault.servers.tryValue(account, value).catch((error: unknown) => {
      throw codeOf(error) === 'wrong-credentials' ? new Refusal('value-refused') : error
    })
    if (userId !== account.userId) throw new Refusal('value-other-account')
    const settled = await persistProvedValue(vault, turn, requireKey(vault, accountId, id), value, keyId)
    vault.announce('keys', accountId)
    return summaryOf(vault, settled)
  })
}

/** Pasted text may have blanks and line ends around it, but a value has none within. @throws Refusal `value-refused` */
function parseValue(typed: Secret): Secret {
  const text = typed.expose().trim()
  if (!/^[\x21-\x7e]{1,512}$/.test(text)) throw new Refusal('value-refused')
  return new Secret(text)
}
