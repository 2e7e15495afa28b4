import type { Vault } from '../../vault/session/vault.ts'
import type { KeyChoice } from '../key-choice.ts'

/** The prompts for browsers beside the release gate's own. Each rejects with a Refusal. `withdrawn` is aborted when the connection ends. */
export interface BrowserPrompts extends KeyChoice {
  /** `shown` is called once a person can see the code. */
  pair(question: {
    readonly browser: string
    readonly code: string
    readonly otherAttempts: number
    readonly withdrawn: AbortSignal
    readonly shown: () => void
  }): Promise<void>
}

export interface BrowserParts {
  readonly vault: Pick<Vault, 'opened'>
  /** Resolves when no opening of the vault is in progress: a browser may connect before the vault is open. */
  readonly settled: () => Promise<void>
  readonly prompts: BrowserPrompts
  /** A monotonic clock in milliseconds; `performance.now` by default. */
  readonly elapsed?: () => number
  /** Called with errors that are no refusals. */
  readonly report: (error: unknown) => void
}
