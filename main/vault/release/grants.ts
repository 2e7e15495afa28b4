import { randomBytes } from 'node:crypto'
import { labelIn } from '../keys/find-key.ts'
import { journalEntry } from '../journal/journal.ts'
import type { KeyRef } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { type Approval, approvals } from '../../../shared/lists/approvals.ts'
import type { AskingRequester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import type { Change } from '../ports/cache.ts'
import type { Grant } from '../model/grant.ts'

const singleUseMs = 60 * 1000

/**
 * The approvals that a person is offered. `always` is offered only where it can be bound to the requester: an extension proves its pairing
 * key each time, while a program is identified by its path alone, which any other program can take on: `(exec latchkey get ci) & exec
 * make`.
 */
export function offeredApprovals({ kind }: AskingRequester): readonly Approval[] {
  return kind === 'site' ? approvals : approvals.filter((approval) => approval !== 'always')
}

/** Whether a grant can be valid at all: a permanent one that is stored for a program grants nothing. */
function isBound({ requester, until }: Grant): boolean {
  return until !== null || offeredApprovals(requester).includes('always')
}

/** The remembered approval for exactly this key, purpose and requester. */
export function grantFor(
  vault: UnlockedVault,
  { accountId, keyId }: KeyRef,
  purpose: Purpose,
  requester: AskingRequester,
): Grant | undefined {
  return validGrants(vault, accountId).find((grant) => covers(grant, { accountId, keyId }, purpose, requester))
}

/** Approves the next release without a prompt, if it comes within a minute: the person has just chosen this key for this requester. */
export function allowNextRelease(vault: UnlockedVault, { accountId, keyId }: KeyRef, purpose: Purpose, requester: AskingRequester): void {
  const at = vault.clock()
  vault.temporaryGrants.addSingle({ accountId, keyId, id: newId(), purpose, requester, at, until: at + singleUseMs })
}

/** @returns whether the next release was approved; that approval is used up */
export function consumeNextRelease(vault: UnlockedVault, key: KeyRef, purpose: Purpose, requester: AskingRequester): boolean {
  return vault.temporaryGrants.consumeSingle((grant) => covers(grant, key, purpose, requester), vault.clock())
}

export function newGrant(
  vault: UnlockedVault,
  { accountId, keyId }: KeyRef,
  purpose: Purpose,
  requester: AskingRequester,
  answer: Exclude<Approval, 'once'>,
): Grant {
  const at = vault.clock()
  const until = answer === 'always' ? null : at + vault.preferences().approvalMinutes * 60_000
  return { accountId, keyId, id: newId(), purpose, requester, at, until }
}

function newId(): string {
  return randomBytes(8).toString('hex')
}

export interface ListedGrant extends Grant {
  /** The key's name. */
  readonly name: string
  readonly account: string
}

/** The valid grants, newest first. */
export function listGrants(vault: UnlockedVault): ListedGrant[] {
  const accounts = vault.cache.accounts()
  const grants = accounts.flatMap((account) => {
    const names = new Map(vault.cache.keys(account.id).map(({ id, name }) => [id, name]))
    return validGrants(vault, account.id).flatMap((grant) => {
      const name = names.get(grant.keyId)
      return name === undefined ? [] : [{ ...grant, name, account: labelIn(vault, account) }]
    })
  })
  return grants.sort((one, other) => other.at - one.at)
}

/** Revokes a grant. Idempotent: a grant that is revoked or has ended is no error. */
export function revokeGrant(vault: UnlockedVault, accountId: string, id: string): void {
  const grant = validGrants(vault, accountId).find((candidate) => candidate.id === id)
  if (grant === undefined) return
  vault.cache.commit([{ op: 'drop-grant', accountId, id }, ...journalGrant(vault, 'revoked', grant)])
}

/** The changes that journal that an approval was given or ended. */
export function journalGrant(vault: UnlockedVault, event: 'approved' | 'revoked', grant: Grant): Change[] {
  const { accountId, keyId, purpose, requester, until } = grant
  const name = vault.cache.key(accountId, keyId)?.name ?? ''
  return journalEntry(vault, event, {
    key: { accountId, id: keyId, name },
    purpose,
    requester,
    detail: until === null ? 'always' : 'for-a-time',
  })
}

function validGrants(vault: UnlockedVault, accountId: string): Grant[] {
  return [...vault.temporaryGrants.of(accountId, vault.clock()), ...vault.cache.grants(accountId).filter(isBound)]
}

function covers(grant: Grant, { accountId, keyId }: KeyRef, purpose: Purpose, requester: AskingRequester): boolean {
  return grant.accountId === accountId && grant.keyId === keyId && grant.purpose === purpose && isForRequester(grant, requester)
}

/** A program's approval is bound to its terminal session, the only property that no other program can take on. */
function isForRequester({ requester: known }: Grant, requester: AskingRequester): boolean {
  if (known.kind === 'site' || requester.kind === 'site') {
    return (
      known.kind === 'site' &&
      requester.kind === 'site' &&
      known.origin === requester.origin &&
      known.browser === requester.browser &&
      known.pairing === requester.pairing
    )
  }
  return (
    known.program === requester.program &&
    known.folder === requester.folder &&
    known.terminal === requester.terminal &&
    known.session === requester.session
  )
}
