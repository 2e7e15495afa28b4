import type { Key, RefusalCode, Waiting } from '../../../preload/contract.ts'
import { codeOf } from '../../bridge.ts'
import { type Notice, notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'
import type { Clipboard } from './clipboard.svelte.ts'
import { isNetworkTrouble } from './sync/connection.ts'
import { verdictWords } from './keyState.ts'
import type { Keyring } from './keyring.svelte.ts'
import { RevealedValue, shownFor } from './value/revealedValue.svelte.ts'
import { changeOf, waitingNotice } from './sync/waitingChanges.ts'
import { refusalLine } from '../../i18n/refusalLine.ts'

/** A key, or what is left of one: its value is released by its id. */
export type Held = Pick<Key, 'id' | 'name'>

/** What a person does with one key, and why the last of it was refused. */
export class KeyActions {
  readonly revealed = new RevealedValue()
  refusal = $state.raw<{ readonly keyId: string; readonly code: RefusalCode } | null>(null)
  /** The key that is being enabled or disabled. */
  changing = $state.raw<string | null>(null)
  /** How often a value was copied or shown from here: the journal has as many new lines. */
  uses = $state(0)
  /** The key whose value is being proved by a login. */
  verifying = $state.raw<string | null>(null)

  constructor(
    readonly keyring: Keyring,
    readonly clipboard: Clipboard,
  ) {}

  copy(key: Held): Promise<void> {
    return this.#attempt(key.id, async () => {
      await this.clipboard.copy(this.keyring.accountId, key)
      this.uses += 1
    })
  }

  /** Shows the value, or hides it when it is in sight. */
  async reveal(key: Held): Promise<void> {
    if (this.revealed.keyId === key.id) {
      this.revealed.hide()
      notices.announce(texts().keys.notices.hidden)
      return
    }
    await this.#attempt(key.id, async () => {
      const shown = await this.revealed.show(this.keyring.accountId, key.id)
      this.uses += 1
      notices.announce(shown ? texts().keys.notices.shown(shownFor / 1000) : texts().keys.notices.notShown)
    })
  }

  /** At once, without a question: it is undone as easily as done. */
  async setEnabled(key: Key, enabled: boolean): Promise<void> {
    if (this.changing !== null) return
    this.changing = key.id
    await this.#attempt(key.id, async () => {
      const done = await this.keyring.setEnabled(key.id, enabled)
      if (done) {
        notices.show({
          text: enabled ? texts().keys.notices.enabled(key.name) : texts().keys.notices.disabled(key.name),
          act: this.#undo(() => this.setEnabled(key, !enabled)),
        })
      } else {
        this.tellWaiting(changeOf(key.id, this.keyring.waiting))
      }
    })
    this.changing = null
  }

  /** Says what a change waits for, with the way back. */
  tellWaiting(change: Waiting | null): void {
    if (change === null) return
    notices.show({
      text: waitingNotice(change, this.keyring.list?.connection ?? 'checking'),
      act: this.#undo(() => this.cancel(change)),
    })
  }

  /** Takes a waiting change back. It may have been sent since whoever takes it back was told of it. */
  async cancel(change: Waiting): Promise<void> {
    const { sent } = this.keyring.waiting.find(({ id }) => id === change.id) ?? change
    try {
      await this.keyring.cancel(change.id)
      notices.show({
        text: sent ? texts().keys.notices.notAskedAgain(change.name) : texts().keys.notices.takenBack(change.name),
      })
    } catch (error) {
      tell(codeOf(error))
    }
  }

  /** A server that could not be asked proves nothing: that is said, and the key stays as it is. */
  async verify(key: Key): Promise<void> {
    if (this.verifying !== null) return
    this.verifying = key.id
    this.refusal = null
    try {
      const { verified } = await this.keyring.verify(key.id)
      if (verified !== null) notices.announce(`${key.name}: ${verdictWords(verified.verdict).word}`)
    } catch (error) {
      const code = codeOf(error)
      if (isNetworkTrouble(code)) notices.show({ text: texts().keys.notices.notVerified(key.name, texts().refusals[code].title) })
      else this.refusal = { keyId: key.id, code }
    }
    this.verifying = null
  }

  #undo(run: () => Promise<void>): NonNullable<Notice['act']> {
    return { word: texts().actions.undo, accountId: this.keyring.accountId, run: () => void run() }
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

function tell(code: RefusalCode): void {
  notices.show({ text: refusalLine(code) })
}
