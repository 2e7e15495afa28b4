import type { Key, RefusalCode } from '../../preload/contract.ts'
import { codeOf } from '../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import type { Clipboard } from './clipboard.svelte.ts'
import type { Keyring } from './keyring.svelte.ts'
import { RevealedValue, shownFor } from './revealedValue.svelte.ts'

/** What a person does with one key, and why the last of it was refused. */
export class KeyActions {
  readonly revealed = new RevealedValue()
  refusal = $state.raw<{ readonly keyId: string; readonly code: RefusalCode } | null>(null)
  /** The key that is being enabled or disabled. */
  changing = $state.raw<string | null>(null)

  constructor(
    readonly keyring: Keyring,
    readonly clipboard: Clipboard,
  ) {}

  copy(key: Key): Promise<void> {
    return this.#attempt(key.id, () => this.clipboard.copy(key.id, key.name))
  }

  /** Shows the value, or hides it when it is in sight. */
  async reveal(key: Key): Promise<void> {
    if (this.revealed.keyId === key.id) {
      this.revealed.hide()
      notices.announce('Value hidden')
      return
    }
    await this.#attempt(key.id, async () => {
      const shown = await this.revealed.show(key.id)
      notices.announce(shown ? `Value shown for ${shownFor / 1000} seconds` : 'Value not shown: the window lost the focus')
    })
  }

  /** At once, without a question: it is undone as easily as done. */
  async setEnabled(key: Key, enabled: boolean): Promise<void> {
    if (this.changing !== null) return
    this.changing = key.id
    await this.#attempt(key.id, async () => {
      await this.keyring.setEnabled(key.id, enabled)
      notices.show({
        text: `${key.name} ${enabled ? 'enabled' : 'disabled'}`,
        act: { word: 'Undo', run: () => void this.setEnabled(key, !enabled) },
      })
    })
    this.changing = null
  }

  async #attempt(keyId: string, step: () => Promise<void>): Promise<void> {
    this.refusal = null
    try {
      await step()
    } catch (error) {
      this.refusal = { keyId, code: codeOf(error) }
    }
  }
}
