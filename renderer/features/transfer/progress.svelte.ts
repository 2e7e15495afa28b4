import { ask, hear } from '../../bridge.ts'

/** How far main is with the values it reads or stores; null while it has told nothing. */
export class MovingProgress {
  now = $state.raw<{ readonly done: number; readonly total: number } | null>(null)
  stopping = $state(false)

  /** The returned function stops hearing. */
  open(): () => void {
    return hear('moving.progress', (progress) => {
      this.now = progress
    })
  }

  begin(): void {
    this.now = null
    this.stopping = false
  }

  async stop(): Promise<void> {
    this.stopping = true
    await ask('moving.stop', null).catch(() => {}) // refused by a vault that was closed, whose window says so
  }
}
