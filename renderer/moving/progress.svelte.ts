import { hear } from '../bridge.ts'

/** How far main is with the values it reads or stores; null while it has told nothing. */
export class MovingProgress {
  now = $state.raw<{ readonly done: number; readonly total: number } | null>(null)

  /** The returned function stops hearing. */
  open(): () => void {
    return hear('moving.progress', (progress) => {
      this.now = progress
    })
  }

  begin(): void {
    this.now = null
  }
}
