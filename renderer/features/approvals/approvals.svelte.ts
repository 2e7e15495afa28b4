import type { Approval, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'

/** The remembered approvals of all accounts. */
export class Approvals {
  list = $state.raw<readonly Approval[] | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  /** Ids of the approvals that are being revoked. */
  revoking = $state.raw<readonly string[]>([])

  async load(): Promise<void> {
    try {
      this.list = (await ask('approvals.list', null)).approvals
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  /** The approvals that are valid at a time. Expired ones are not shown. */
  at(now: number): readonly Approval[] {
    return (this.list ?? []).filter(({ until }) => until === null || until > now)
  }

  /** Revokes one after the other and stops at the first refusal. @returns whether all were revoked */
  async revoke(approvals: readonly Approval[]): Promise<boolean> {
    if (this.revoking.length > 0) return false
    this.revoking = approvals.map(({ id }) => id)
    this.refusal = null
    try {
      for (const { accountId, id } of approvals) this.list = (await ask('approvals.revoke', { accountId, id })).approvals
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.revoking = []
    }
  }
}
