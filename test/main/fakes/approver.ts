import type { ApprovalRequest, Approver, ServerRequest, StoreRequest } from '../../../main/vault/ports/approver.ts'
import type { Approval } from '../../../shared/lists/approvals.ts'
import { Refusal, type RefusalCode } from '../../../main/vault/refusal.ts'

/** An approver that gives scripted answers and records what it was asked. */
export class ScriptedApprover implements Approver {
  readonly asked: ApprovalRequest[] = []
  /** The answer from now on. A function is called for each request and may wait. */
  answer: Approval | RefusalCode | ((request: ApprovalRequest) => Promise<Approval>) = 'approval-denied'

  /** The servers to be confirmed, and whether they are. A function may wait, and confirms. */
  readonly servers: ServerRequest[] = []
  confirms: RefusalCode | 'yes' | (() => Promise<void>) = 'yes'

  async confirmServer(request: ServerRequest): Promise<void> {
    this.servers.push(request)
    if (typeof this.confirms === 'function') return this.confirms()
    if (this.confirms !== 'yes') throw new Refusal(this.confirms)
  }

  /** The values that programs brought, and whether they may be stored. */
  readonly stores: StoreRequest[] = []
  stored: RefusalCode | 'yes' = 'approval-denied'

  async confirmStore(request: StoreRequest): Promise<void> {
    this.stores.push(request)
    if (this.stored !== 'yes') throw new Refusal(this.stored)
  }

  async ask(request: ApprovalRequest): Promise<Approval> {
    this.asked.push(request)
    const { answer } = this
    if (typeof answer === 'function') return answer(request)
    if (answer === 'once' || answer === 'for-a-while' || answer === 'always') return answer
    throw new Refusal(answer)
  }
}
