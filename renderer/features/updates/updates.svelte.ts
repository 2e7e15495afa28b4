import type { UpdatesState } from '../../../preload/contract.ts'
import { ask, hear } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** What is known of newer versions, as main tells it. */
class Updates {
  state = $state.raw<UpdatesState | null>(null)
  /** Said once, whatever is told again afterwards. */
  #said = ''

  /** The returned function stops hearing. */
  open(): () => void {
    return hear('updates.changed', (state) => this.#take(state))
  }

  /** Throws `Refused`. */
  async load(): Promise<void> {
    this.state = await ask('updates.state', null)
  }

  /** What goes wrong in it is in the state. Throws `Refused` where it cannot even be asked for. */
  async do(step: 'check' | 'download' | 'install'): Promise<void> {
    this.state = await ask(`updates.${step}`, null)
  }

  #take(state: UpdatesState): void {
    this.state = state
    const { step, version } = state
    if (version === null || (step !== 'found' && step !== 'ready')) return
    const said = `${step} ${version}`
    if (said === this.#said) return
    this.#said = said
    const t = texts().updates
    notices.show(
      step === 'ready'
        ? { text: t.noticeReady(version), act: { word: t.restart, run: () => void this.do('install') } }
        : { text: t.noticeFound(version), act: { word: t.get, run: () => void this.do('download') } },
    )
  }
}

export const updates = new Updates()
