import type { UpdatesState } from '../../../preload/contract.ts'
import { ask, subscribe } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** The state of updates, as main reports it. */
class Updates {
  state = $state.raw<UpdatesState | null>(null)
  /** The version that was announced: each one is announced once. */
  #announced = ''

  /** Call the returned function to unsubscribe. */
  open(): () => void {
    return subscribe('updates.changed', (state) => this.#take(state))
  }

  /** @throws Refused */
  async load(): Promise<void> {
    this.state = await ask('updates.state', null)
  }

  /** Errors of the step are part of the state. @throws Refused if main did not accept the call */
  async do(step: 'check' | 'download' | 'install'): Promise<void> {
    this.state = await ask(`updates.${step}`, null)
  }

  #take(state: UpdatesState): void {
    this.state = state
    const { step, version } = state
    if (version === null || (step !== 'found' && step !== 'ready')) return
    const announcement = `${step} ${version}`
    if (announcement === this.#announced) return
    this.#announced = announcement
    const t = texts().updates
    notices.show(
      step === 'ready'
        ? { text: t.noticeReady(version), act: { word: t.restart, run: () => void this.do('install') } }
        : { text: t.noticeFound(version), act: { word: t.get, run: () => void this.do('download') } },
    )
  }
}

export const updates = new Updates()
