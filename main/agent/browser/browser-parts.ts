import type { KeyRef } from '../../vault/model/key.ts'
import type { Vault } from '../../vault/session/vault.ts'

/** What a person is asked beside the gate's own question. Each rejects with a Refusal. `withdrawn`: the browser is gone. */
export interface BrowserPrompts {
  /** `shown` is called once a person can see the code. */
  pair(asked: {
    readonly browser: string
    readonly code: string
    readonly otherAttempts: number
    readonly withdrawn: AbortSignal
    readonly shown: () => void
  }): Promise<void>
  choose(asked: {
    readonly origin: string
    readonly browser: string
    readonly domain: string | null
    readonly withdrawn: AbortSignal
    readonly keys: { accountId: string; id: string; name: string; account: string; lastFour: string | null }[]
  }): Promise<KeyRef & { readonly subdomains: boolean }>
}

export interface BrowserParts {
  readonly vault: Pick<Vault, 'opened'>
  /** Resolves once the vault is open, or is not going to be by itself: a browser may be there before it. */
  readonly settled: () => Promise<void>
  readonly prompts: BrowserPrompts
  /** Milliseconds of a clock that nobody sets; the process's own, unless it is said. */
  readonly elapsed?: () => number
  /** Told what goes wrong, but for refusals. */
  readonly report: (error: unknown) => void
}
