import type { Browsers as BrowsersState, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'

export type Browser = BrowsersState['browsers'][number]
export type Pairing = BrowsersState['pairings'][number]

export const browserTexts: Record<Browser['id'], string> = {
  chromium: 'Chromium',
  chrome: 'Google Chrome',
  edge: 'Microsoft Edge',
  brave: 'Brave',
  vivaldi: 'Vivaldi',
  firefox: 'Firefox',
}

/** The browsers installed for this user, which of them have Latchkey's native host registered, and the paired extensions. */
export class Browsers {
  loaded = $state.raw<BrowsersState | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  /** The extension's folder, for each browser that it was requested for. */
  folders = $state.raw<Partial<Record<Browser['id'], string>>>({})
  /** The browser or pairing that is being changed. */
  busy = $state.raw<string | null>(null)

  readonly installed = $derived(this.loaded?.browsers.filter(({ installed, registered }) => installed || registered) ?? [])
  readonly absent = $derived(this.loaded?.browsers.filter(({ installed, registered }) => !installed && !registered) ?? [])

  load(): Promise<void> {
    return this.#change(null, () => ask('browsers.list', null))
  }

  setRegistered({ id }: Browser, registered: boolean): Promise<void> {
    return this.#change(id, () => ask(registered ? 'browsers.register' : 'browsers.unregister', { id }))
  }

  unpair({ id }: Pairing): Promise<void> {
    return this.#change(id, () => ask('browsers.unpair', { id }))
  }

  async showExtension({ id }: Browser): Promise<void> {
    this.refusal = null
    try {
      const { folder } = await ask('browsers.showExtension', { id })
      this.folders = { ...this.folders, [id]: folder }
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  async #change(what: string | null, step: () => Promise<BrowsersState>): Promise<void> {
    if (this.busy !== null) return
    this.busy = what
    this.refusal = null
    try {
      this.loaded = await step()
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.busy = null
    }
  }
}
