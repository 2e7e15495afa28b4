import type { RefusalCode } from '../../../../preload/contract.ts'
import { Attempt } from '../../../attempt.svelte.ts'
import { ask, codeOf } from '../../../bridge.ts'

/** The state of the form that adds a site: the typed address and how main normalises it. */
export class NewSite extends Attempt {
  typed = $state('')
  subdomains = $state(false)
  /** The site that the address stands for. Null while it is not valid. */
  site = $state.raw<{ readonly origin: string; readonly domain: string | null } | null>(null)
  /** Why the address is not valid. Shown after the field was left, because every prefix of an address is invalid. */
  fault = $state.raw<RefusalCode | null>(null)
  judged = $state(false)
  #requests = 0
  /** Resolves once main has normalised what was typed last. */
  #looked: Promise<void> = Promise.resolve()

  /** Asks main to normalise the address. If calls overlap, the last one wins. */
  look(): Promise<void> {
    return (this.#looked = this.#look())
  }

  async #look(): Promise<void> {
    const request = (this.#requests += 1)
    const url = this.typed.trim()
    this.refusal = null
    if (url === '') {
      this.site = null
      this.fault = null
      return
    }
    try {
      const site = await ask('keys.parseSite', { url })
      if (request !== this.#requests) return
      this.site = site
      this.fault = null
    } catch (error) {
      if (request !== this.#requests) return
      this.site = null
      this.fault = codeOf(error)
    }
  }

  /** Passes the site that was typed to `add`, once main has normalised it. @returns whether it was accepted */
  async submit(add: (origin: string, subdomains: boolean) => Promise<void>): Promise<boolean> {
    this.judged = true
    // A person can press Enter before main has answered. Until then, `site` may be that of a shorter address.
    await this.#looked
    if (this.busy || this.site === null) return false
    const { origin, domain } = this.site
    return this.run(() => add(origin, this.subdomains && domain !== null))
  }
}
