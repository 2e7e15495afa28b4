import type { Outlets, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf, subscribe } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { siteName } from '../../i18n/uses.ts'
import { texts } from '../../i18n/texts.svelte.ts'

export type Site = Outlets['sites'][number]

/** The sites where one key may be filled in, and its last releases. */
export class KeyOutlets {
  sites = $state.raw<Outlets['sites'] | null>(null)
  uses = $state.raw<Outlets['uses']>([])
  refusal = $state.raw<RefusalCode | null>(null)
  /** Origin of the site that is being removed. */
  removing = $state.raw<string | null>(null)

  constructor(
    readonly accountId: string,
    readonly keyId: string,
  ) {}

  /** Loads the data, and again each time that main announces a change of keys. Call the returned function to stop. */
  open(): () => void {
    const stop = subscribe('keys.changed', () => void this.load())
    void this.load()
    return stop
  }

  async load(): Promise<void> {
    try {
      this.#take(await ask('keys.outlets', { accountId: this.accountId, id: this.keyId }))
      this.refusal = null
    } catch (error) {
      const code = codeOf(error)
      // If the key was deleted during the call, the pane switches to another key by itself.
      if (code !== 'key-not-found') this.refusal = code
    }
  }

  /** @throws Refused */
  async add(url: string, subdomains: boolean): Promise<void> {
    this.#take(await ask('keys.addSite', { accountId: this.accountId, id: this.keyId, url, subdomains }))
    this.refusal = null
  }

  /** Without a confirmation, because it can be undone as easily. */
  async remove(site: Site): Promise<void> {
    if (this.removing !== null) return
    this.removing = site.id
    this.refusal = null
    try {
      this.#take(await ask('keys.removeSite', { accountId: this.accountId, id: this.keyId, siteId: site.id }))
      notices.show({
        text: texts().keys.sites.removed(siteName(site.origin)),
        act: { word: texts().actions.undo, accountId: this.accountId, run: () => void this.#putBack(site) },
      })
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.removing = null
    }
  }

  async #putBack(site: Site): Promise<void> {
    try {
      await this.add(site.origin, site.domain !== null)
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  #take({ sites, uses }: Outlets): void {
    this.sites = sites
    this.uses = uses
  }
}
