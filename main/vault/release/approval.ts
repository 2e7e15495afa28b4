import { labelIn } from '../keys/find-key.ts'
import { offeredApprovals, grantFor, newGrant, journalGrant, consumeNextRelease } from './grants.ts'
import type { KeyRef, KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { ApprovalRequest } from '../ports/approver.ts'
import type { Change } from '../ports/cache.ts'
import type { Grant, LastingGrant } from '../model/grant.ts'
import type { Requester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import { readable } from '../model/readable.ts'
import { Refusal } from '../refusal.ts'

interface Approved {
  /** The approvals to remember, once the values are released. */
  readonly newGrants: Grant[]
  /** @throws Refusal `approval-denied` if a remembered approval that is used here was revoked meanwhile */
  readonly requireStillApproved: () => void
}

/**
 * Asks the person, unless they have already approved it or act in one of our own windows. For several keys, only those without a remembered
 * approval are asked for.
 * @throws Refusal `approval-…`; `locked` if the vault was locked meanwhile
 */
export async function approve(
  vault: UnlockedVault,
  records: readonly KeyRecord[],
  asking: { purpose: Purpose; requester: Requester; detail: string | null; withdrawn?: AbortSignal },
): Promise<Approved> {
  const { purpose, requester } = asking
  if (requester.kind === 'person' || requester.kind === 'window') return { newGrants: [], requireStillApproved: () => {} }
  const remembered = records.filter((record) => grantFor(vault, keyRefOf(record), purpose, requester) !== undefined)
  const requireStillApproved = (): void => {
    const stillApproved = remembered.every((record) => grantFor(vault, keyRefOf(record), purpose, requester) !== undefined)
    if (!stillApproved) throw new Refusal('approval-denied')
  }
  const unapproved = records.filter(
    (record) => !remembered.includes(record) && !consumeNextRelease(vault, keyRefOf(record), purpose, requester),
  )
  if (unapproved.length === 0) return { newGrants: [], requireStillApproved }
  const answer = await vault.approver.ask({
    ...asking,
    requester,
    detail: asking.detail === null ? null : readable(asking.detail, 4096),
    keys: unapproved.map((record) => describeKey(vault, record)),
  })
  if (!offeredApprovals(requester).includes(answer)) throw new Refusal('input-invalid')
  if (!vault.isOpen()) throw new Refusal('locked')
  if (asking.withdrawn?.aborted === true) throw new Refusal('approval-expired')
  if (answer === 'once' || vault.readOnly !== null) return { newGrants: [], requireStillApproved }
  return { newGrants: unapproved.map((record) => newGrant(vault, keyRefOf(record), purpose, requester, answer)), requireStillApproved }
}

/**
 * Stores approvals in one commit with the journal lines of the release, so that none is remembered for a value that was not released. An
 * approval that concurrent prompts gave twice is stored once.
 */
export function rememberGrants(vault: UnlockedVault, grants: readonly Grant[], lines: readonly Change[]): void {
  const newGrants = grants.filter((grant) => !grantFor(vault, grant, grant.purpose, grant.requester))
  const journaled = newGrants.flatMap((grant) => journalGrant(vault, 'approved', grant))
  vault.cache.commit([...newGrants.filter(isLasting).map((grant): Change => ({ op: 'put-grant', grant })), ...journaled, ...lines])
  for (const grant of newGrants) if (!isLasting(grant)) vault.temporaryGrants.add(grant)
}

function keyRefOf({ accountId, id }: KeyRecord): KeyRef {
  return { accountId, keyId: id }
}

function isLasting(grant: Grant): grant is LastingGrant {
  return grant.until === null
}

function describeKey(vault: UnlockedVault, { accountId, id, name }: KeyRecord): ApprovalRequest['keys'][number] {
  const accounts = vault.cache.accounts()
  const account = accounts.find((candidate) => candidate.id === accountId)
  if (account === undefined) throw new Refusal('account-not-found')
  // Another implementation of the server may allow other names than ours.
  return { accountId, keyId: id, name: readable(name, 64), account: labelIn(vault, account) }
}
