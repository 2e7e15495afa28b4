import type { Outlets, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf, hear } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { siteName } from '../../i18n/uses.ts'
import { texts } from '../../i18n/texts.svelte.ts'

export type Site = Outlets['sites'][number]

/** Where one key may be filled in, and where its value last went. */
export class KeyOutlets {
  sites = $state.raw<Outlets['sites'] | null>(null)
  uses = $state.raw<Outlets['uses']>([])
  refusal = $state.raw<RefusalCode | null>(null)
  /** The site that is being removed. */
  removing = $state.raw<string | null>(null)

  constructor(
    readonly accountId: string,
    readonly keyId: string,
  ) {}

  /** Reads them, and again whenever main says that something about keys changed; the returned function stops hearing. */
  open(): () => void {
    const stop = hear('keys.changed', () => void this.load())
    void this.load()
    return stop
  }

  async load(): Promise<void> {
    try {
      this.#take(await ask('keys.outlets', { accountId: this.accountId, id: this.keyId }))
      this.refusal = null
    } catch (error) {
      const code = codeOf(error)
      // Deleted while it was asked about: the pane goes to another key by itself.
      if (code !== 'key-not-found') this.refusal = code
    }
  }

  /** Throws `Refused`. */
  async add(url: string, subdomains: boolean): Promise<void> {
    this.#take(await ask('keys.addSite', { accountId: this.accountId, id: this.keyId, url, subdomains }))
    this.refusal = null
  }

  /** At once, without a question: it is undone as easily as done. */
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
