import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { verifyKeys } from '../vault/keys/verify-keys.ts'

interface Run {
  readonly opened: UnlockedVault
  readonly accountId: string
  readonly done: Promise<void>
  stopped: boolean
}

/** Verifying every key: one at a time, with its progress told, until it is stopped. */
export class Verification {
  readonly #tell: (progress: { done: number; total: number }) => void
  #run: Run | null = null

  constructor(tell: (progress: { done: number; total: number }) => void) {
    this.#tell = tell
  }

  /** Asked for twice, it runs once; another account's, or that of a vault that was locked since, ends for it. */
  run(opened: UnlockedVault, accountId: string): Promise<void> {
    const before = this.#run
    if (before?.opened === opened && before.accountId === accountId && !before.stopped) return before.done
    this.stop()
    const progress = (done: number, total: number): void => {
      if (this.#run === run) this.#tell({ done, total })
    }
    const begin = (): Promise<void> => verifyKeys(opened, accountId, progress, () => run.stopped)
    const run: Run = { opened, accountId, stopped: false, done: Promise.resolve().then(begin) }
    this.#run = run
    return run.done.finally(() => {
      if (this.#run === run) this.#run = null
    })
  }

  stop(): void {
    if (this.#run !== null) this.#run.stopped = true
  }
}
