import type { Linked } from '../../../preload/contract.ts'
import { ask, codeOf, subscribe } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'

type LinkedKey = Extract<Linked, { what: 'key' }>

/** The key that a link points to, until it is shown or the user declines. */
class Links {
  key = $state.raw<LinkedKey | null>(null)
  /** The user agreed that the link may replace what is on the screen. */
  agreed = $state(false)

  /** Call the returned function to unsubscribe. */
  open(): () => void {
    return subscribe('link.arrived', () => void this.ask())
  }

  /** Asks main for a link: on an event, and after an unlock, because links wait for it. */
  async ask(): Promise<void> {
    const linked = await ask('links.consume', null).catch((error: unknown) => ({ what: 'refused', code: codeOf(error) }) as const)
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
