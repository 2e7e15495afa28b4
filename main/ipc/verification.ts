import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { verifyKeys } from '../vault/keys/verify-keys.ts'

interface Run {
  readonly vault: UnlockedVault
  readonly accountId: string
  readonly done: Promise<void>
  stopped: boolean
}

/** Verifies every key of an account, one at a time, and reports its progress, until it is done or stopped. */
export class Verification {
  readonly #tell: (progress: { done: number; total: number }) => void
  #run: Run | null = null

  constructor(tell: (progress: { done: number; total: number }) => void) {
    this.#tell = tell
  }

  /** A second call for the same account joins the run. A call for another account, or after a lock, ends the run before it. */
  run(vault: UnlockedVault, accountId: string): Promise<void> {
    const before = this.#run
    if (before?.vault === vault && before.accountId === accountId && !before.stopped) return before.done
    this.stop()
    const progress = (done: number, total: number): void => {
      if (this.#run === run) this.#tell({ done, total })
    }
    const begin = (): Promise<void> => verifyKeys(vault, accountId, progress, () => run.stopped)
    const run: Run = { vault, accountId, stopped: false, done: Promise.resolve().then(begin) }
    this.#run = run
    return run.done.finally(() => {
      if (this.#run === run) this.#run = null
    })
  }

  stop(): void {
    if (this.#run !== null) this.#run.stopped = true
  }
}
