import type { Approval, SecretSent } from '../../../shared/lists/approvals.ts'
import type { Server } from '../model/account.ts'
import type { AskingRequester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'

export interface ApprovalRequest {
  /** `account`: the account's label. */
  readonly keys: readonly { readonly accountId: string; readonly keyId: string; readonly name: string; readonly account: string }[]
  readonly purpose: Purpose
  readonly requester: AskingRequester
  /** The requester's own description, such as the command to be run, which proves nothing. */
  readonly detail: string | null
  /** Aborted when the requester is gone: the prompt then closes, because no answer could be used. */
  readonly withdrawn?: AbortSignal
}

export interface ServerRequest {
  readonly server: Server
  /** Whether the vault has no account there, and nobody has confirmed the server since the vault was opened. */
  readonly isNew: boolean
  readonly sends: SecretSent
  /** The key whose stored value is sent; null for something the person typed. `account`: the account's label. */
  readonly key: { readonly name: string; readonly account: string } | null
}

/** A program brings a value to be stored. */
export interface StoreRequest {
  readonly name: string
  /** The key that already has this value; null if no key has it. `account`: the account's label. */
  readonly same: { readonly name: string; readonly account: string } | null
  readonly requester: Extract<AskingRequester, { kind: 'program' }>
  readonly withdrawn: AbortSignal
}

/** Asks the person, in a window of the main process. */
export interface Approver {
  /** @throws Refusal `approval-denied`, `approval-expired`, `approval-busy` */
  ask(request: ApprovalRequest): Promise<Approval>
  /** Resolves once the person has agreed. @throws Refusal `server-unconfirmed`, `approval-expired`, `approval-busy` */
  confirmServer(request: ServerRequest): Promise<void>
  /** Resolves once the person has agreed. @throws Refusal as `ask` */
  confirmStore(request: StoreRequest): Promise<void>
}
