import { ask, subscribe } from '../../bridge.ts'

/** How many values main has read or stored so far. Null until the first report. */
export class TransferProgress {
  now = $state.raw<{ readonly done: number; readonly total: number } | null>(null)
  stopping = $state(false)

  /** Call the returned function to unsubscribe. */
  open(): () => void {
    return subscribe('transfer.progress', (progress) => {
      this.now = progress
    })
  }

  begin(): void {
    this.now = null
    this.stopping = false
  }

  async stop(): Promise<void> {
    this.stopping = true
    await ask('transfer.stop', null).catch(() => {}) // refused if the vault was closed meanwhile, which the window shows anyway
  }
}
