import type { Server } from '../model/account.ts'
import type { Purpose, AskingRequester } from '../model/requester.ts'

export interface ApprovalRequest {
  /** `account`: what its account is called. */
  readonly keys: readonly { readonly accountId: string; readonly keyId: string; readonly name: string; readonly account: string }[]
  readonly purpose: Purpose
  readonly requester: AskingRequester
  /** What the requester says of it, as the command to be run: its own words, which prove nothing. */
  readonly detail: string | null
  /** Aborted when whoever asked is gone: the question is then withdrawn, as no answer could be used. */
  readonly withdrawn?: AbortSignal
}

export type Approval = 'once' | 'for-a-while' | 'always'

/** What a person would send to a server by confirming it. */
export type SecretSent = 'password' | 'email' | 'api-key' | 'custom-token' | 'stored-value' | 'nothing'

export interface ServerRequest {
  readonly server: Server
  /** Whether the vault has no account there, and nobody confirmed it since the vault was opened. */
  readonly isNew: boolean
  readonly sends: SecretSent
  /** The key whose stored value goes there; null for what a person typed. `account`: what its account is called. */
  readonly key: { readonly name: string; readonly account: string } | null
}

/** Asks the person, in a window that is main's own. */
export interface Approver {
  /** @throws Refusal `approval-denied`, `approval-expired`, `approval-busy` */
  ask(request: ApprovalRequest): Promise<Approval>
  /** Resolves once the person said yes. @throws Refusal `server-unconfirmed`, `approval-expired`, `approval-busy` */
  confirmServer(request: ServerRequest): Promise<void>
}
