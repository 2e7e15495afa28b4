import type { RefusalCode } from '../../../../preload/contract.ts'
import { ask, codeOf } from '../../../bridge.ts'

/** A site being added: what was typed, and what main makes of it. */
export class NewSite {
  typed = $state('')
  subdomains = $state(false)
  busy = $state(false)
  /** What the address comes to; null while it comes to nothing. */
  site = $state.raw<{ readonly origin: string; readonly domain: string | null } | null>(null)
  /** Why the address will not do. Told once the field was left: while it is typed, every beginning is wrong. */
  fault = $state.raw<RefusalCode | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  judged = $state(false)
  #asked = 0

  /** Asks what the text comes to. The last answer asked for counts. */
  async look(): Promise<void> {
    const asked = (this.#asked += 1)
    const url = this.typed.trim()
    this.refusal = null
    if (url === '') {
      this.site = null
      this.fault = null
      return
    }
    try {
      const site = await ask('keys.siteOf', { url })
      if (asked !== this.#asked) return
      this.site = site
      this.fault = null
    } catch (error) {
      if (asked !== this.#asked) return
      this.site = null
      this.fault = codeOf(error)
    }
  }

  /** Hands the site on, as it was shown. @returns whether it was taken */
  async submit(add: (origin: string, subdomains: boolean) => Promise<void>): Promise<boolean> {
    this.judged = true
    if (this.busy || this.site === null) return false
    const { origin, domain } = this.site
    this.busy = true
    this.refusal = null
    try {
      await add(origin, this.subdomains && domain !== null)
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
