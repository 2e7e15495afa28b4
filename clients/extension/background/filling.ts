import type { App } from './app.ts'
import { fillTarget, findTarget, recheckTarget, type Target } from './page.ts'
import type { View } from '../popup-messages.ts'
import { codeOf, Trouble } from '../trouble.ts'

type Keys = Extract<View, { state: 'keys' }>

/** Shows the progress: in the popup while it is open, otherwise on the toolbar's button. */
export type Show = (view: View) => void

/** The state of one gesture on a tab: its field, and the keys of its site. It lasts until the next gesture on that tab. */
export class Filling {
  readonly #app: App
  readonly #target: Target
  #keys: Keys['keys']

  private constructor(app: App, target: Target, keys: Keys['keys']) {
    this.#app = app
    this.#target = target
    this.#keys = keys
  }

  /** @throws Trouble */
  static async of(app: App, tabId: number, pointed: number | null = null): Promise<Filling> {
    const target = await findTarget(tabId, pointed)
    const { keys, locked } = await app.call('offers', { place: target.place })
    if (locked) throw new Trouble('locked')
    return new Filling(app, target, keys)
  }

  /** The key, if there is exactly one. Null if there are several, or no field. */
  get onlyRef(): string | null {
    return this.#keys.length === 1 && this.#target.obstacle === null ? (this.#keys[0]?.ref ?? null) : null
  }

  /** Why the field cannot be filled in, or why no field was found. */
  get obstacle(): string | null {
    return this.#target.obstacle
  }

  view(refused: string | null = null): View {
    const { field, obstacle } = this.#target
    return { state: 'keys', site: this.#site, keys: this.#keys, field: field?.label ?? null, obstacle, refused }
  }

  /**
   * Fills in the only key, just after the field was found. A field that was not ready is checked again, scrolled into view and focused,
   * before the prompt: a page can move or cover it in reaction.
   */
  fillFound(ref: string, show: Show): Promise<void> {
    return this.#fill(ref, show, this.#target.ready)
  }

  /** Checks the field again, sends the call to the app, which shows the prompt, and fills in the value. */
  fill(ref: string, show: Show): Promise<void> {
    return this.#fill(ref, show, false)
  }

  /** The value exists in this one call and nowhere else. */
  async #fill(ref: string, show: Show, seen: boolean): Promise<void> {
    const name = this.#keys.find((key) => key.ref === ref)?.name ?? ''
    await this.#trying(show, async () => {
      if (this.#target.obstacle !== null) throw new Trouble(this.#target.obstacle)
      show({ state: 'filling', name, site: this.#site })
      if (!seen) await recheckTarget(this.#target)
      const { value } = await this.#app.call('fill', { place: this.#target.place, ref })
      await fillTarget(this.#target, value)
      show({ state: 'filled', name, site: this.#site })
    })
  }

  /** Lets the user choose a key for this site in the app, and fills it in, since that is why it was chosen. */
  async learn(show: Show): Promise<void> {
    await this.#trying(show, async () => {
      show({ state: 'choosing', site: this.#site })
      const { keys } = await this.#app.call('learn', { place: this.#target.place })
      this.#keys = [...keys, ...this.#keys.filter((known) => keys.every(({ ref }) => ref !== known.ref))]
      const [chosen] = keys
      if (chosen && this.#target.obstacle === null) return this.fill(chosen.ref, show)
      show(this.view())
    })
  }

  get #site(): string {
    return new URL(this.#target.place.url).host
  }

  async #trying(show: Show, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      show(this.view(codeOf(thrown)))
    }
  }
}
