import type { Linked } from '../../../preload/contract.ts'
import { ask, codeOf, hear } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'

type LinkedKey = Extract<Linked, { what: 'key' }>

/** The key that a link led to, until it is in sight or the person said no. */
class Links {
  key = $state.raw<LinkedKey | null>(null)
  /** The person said that what is on the screen may go for it. */
  agreed = $state(false)

  /** The returned function stops hearing. */
  open(): () => void {
    return hear('link.arrived', () => void this.ask())
  }

  /** Asks whether a link came: on an event, and after an unlock, which a link waits for. */
  async ask(): Promise<void> {
    const linked = await ask('links.take', null).catch((error: unknown) => ({ what: 'refused', code: codeOf(error) }) as const)
    if (linked === null) return
    this.done()
    if (linked.what === 'key') this.key = linked
    else {
      const { title, text } = texts().refusals[linked.code]
      notices.show({ text: `${title}. ${text}` })
    }
  }

  done(): void {
    this.key = null
    this.agreed = false
  }
}

export const links = new Links()
