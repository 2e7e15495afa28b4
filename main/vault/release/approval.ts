import { labelIn } from '../keys/find-key.ts'
import { offeredApprovals, grantFor, newGrant, journalGrant, consumeNextRelease } from './grants.ts'
import type { KeyRef, KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { ApprovalRequest } from '../ports/approver.ts'
import type { Change } from '../ports/cache.ts'
import type { Grant, LastingGrant } from '../model/grant.ts'
import type { Purpose, Requester } from '../model/requester.ts'
import { readable } from '../model/readable.ts'
import { Refusal } from '../refusal.ts'

interface Approved {
  /** The answers to remember, once the values are given. */
  readonly newGrants: Grant[]
  /** @throws Refusal `approval-denied` if a remembered answer that this goes by was revoked since */
  readonly requireStillApproved: () => void
}

/**
 * Asks the person, unless they have answered before or did the asking themselves. Of several keys it asks for those that no answer is
 * remembered of.
 * @throws Refusal `approval-…`; `locked` if the vault was, while they were asked
 */
export async function approve(
  opened: UnlockedVault,
  records: readonly KeyRecord[],
  asking: { purpose: Purpose; requester: Requester; detail: string | null; withdrawn?: AbortSignal },
): Promise<Approved> {
  const { purpose, requester } = asking
  if (requester.kind === 'person' || requester.kind === 'window') return { newGrants: [], requireStillApproved: () => {} }
  const remembered = records.filter((record) => grantFor(opened, keyRefOf(record), purpose, requester) !== undefined)
  const requireStillApproved = (): void => {
    const stillApproved = remembered.every((record) => grantFor(opened, keyRefOf(record), purpose, requester) !== undefined)
    if (!stillApproved) throw new Refusal('approval-denied')
  }
  const asked = records.filter(
    (record) => !remembered.includes(record) && !consumeNextRelease(opened, keyRefOf(record), purpose, requester),
  )
  if (asked.length === 0) return { newGrants: [], requireStillApproved }
  const answer = await opened.approver.ask({
    ...asking,
    requester,
    detail: asking.detail === null ? null : readable(asking.detail, 4096),
    keys: asked.map((record) => describeKey(opened, record)),
  })
  if (!offeredApprovals(requester).includes(answer)) throw new Refusal('input-invalid')
  if (!opened.isOpen()) throw new Refusal('locked')
  if (asking.withdrawn?.aborted === true) throw new Refusal('approval-expired')
  if (answer === 'once' || opened.readOnly !== null) return { newGrants: [], requireStillApproved }
  return { newGrants: asked.map((record) => newGrant(opened, keyRefOf(record), purpose, requester, answer)), requireStillApproved }
}

/**
 * Remembers answers in one commit with the journal's lines: none is remembered of what was not given. One that was given twice, to
 * questions asked at once, is kept once.
 */
export function rememberGrants(opened: UnlockedVault, grants: readonly Grant[], lines: readonly Change[]): void {
  const fresh = grants.filter((grant) => !grantFor(opened, grant, grant.purpose, grant.requester))
  const given = fresh.flatMap((grant) => journalGrant(opened, 'approved', grant))
  opened.cache.commit([...fresh.filter(isLasting).map((grant): Change => ({ op: 'put-grant', grant })), ...given, ...lines])
  for (const grant of fresh) if (!isLasting(grant)) opened.temporaryGrants.add(grant)
}

function keyRefOf({ accountId, id }: KeyRecord): KeyRef {
  return { accountId, keyId: id }
}

function isLasting(grant: Grant): grant is LastingGrant {
  return grant.until === null
}

function describeKey(opened: UnlockedVault, { accountId, id, name }: KeyRecord): ApprovalRequest['keys'][number] {
  const accounts = opened.cache.accounts()
  const account = accounts.find((one) => one.id === accountId)
  if (account === undefined) throw new Refusal('account-not-found')
  // Another make of server may take other names than ours does.
  return { accountId, keyId: id, name: readable(name, 64), account: labelIn(opened, account) }
}
