import type { Key, RefusalCode, Waiting } from '../../../preload/contract.ts'
import { codeOf } from '../../bridge.ts'
import { type Notice, notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'
import type { Clipboard } from './clipboard.svelte.ts'
import { isNetworkTrouble } from './sync/connection.ts'
import { verdictTexts } from './keyState.ts'
import type { Keyring } from './keyring.svelte.ts'
import { RevealedValue, revealedForMs } from './value/revealedValue.svelte.ts'
import { changeOf, waitingNotice } from './sync/waitingChanges.ts'
import { refusalLine } from '../../i18n/refusalLine.ts'

/** A key or a left-over value. Both are released by their id. */
export type ReleasableKey = Pick<Key, 'id' | 'name'>

/** The actions of one key, and why the last one was refused. */
export class KeyActions {
  refusal = $state.raw<{ readonly keyId: string; readonly code: RefusalCode } | null>(null)
  /** Id of the key that is being enabled or disabled. */
  changing = $state.raw<string | null>(null)
  /** How many values were copied or revealed here. The journal has one new line for each. */
  uses = $state(0)
  /** Id of the key whose value is being verified by a login. */
  verifying = $state.raw<string | null>(null)

  constructor(
    readonly keyring: Keyring,
    readonly clipboard: Clipboard,
    /** Shared where keys of several accounts are shown at once: one value is revealed at a time. */
    readonly revealed = new RevealedValue(),
  ) {}

  copy(key: ReleasableKey): Promise<void> {
    return this.#attempt(key.id, async () => {
      await this.clipboard.copy(this.keyring.accountId, key)
      this.uses += 1
    })
  }

  /** Reveals the value, or hides it if it is revealed. */
  async reveal(key: ReleasableKey): Promise<void> {
    if (this.revealed.keyId === key.id) {
      this.revealed.hide()
      notices.announce(texts().keys.notices.hidden)
      return
    }
    await this.#attempt(key.id, async () => {
      const shown = await this.revealed.show(this.keyring.accountId, key.id)
      this.uses += 1
      notices.announce(shown ? texts().keys.notices.shown(revealedForMs / 1000) : texts().keys.notices.notShown)
    })
  }

  /** Without a confirmation, because it can be undone as easily. */
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

  /** Shows a notice that says what a change is waiting for, with an undo action. */
  tellWaiting(change: Waiting | null): void {
    if (change === null) return
    notices.show({
      text: waitingNotice(change, this.keyring.list?.connection ?? 'checking'),
      act: this.#undo(() => this.cancel(change)),
    })
  }

  /** Cancels a pending change. It may have been sent since the user saw it. */
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

  /** If the server cannot be reached, nothing is proved: a notice says so, and the verdict stays unchanged. */
  async verify(key: Key): Promise<void> {
    if (this.verifying !== null) return
    this.verifying = key.id
    this.refusal = null
    try {
      const { verified } = await this.keyring.verify(key.id)
      if (verified !== null) notices.announce(`${key.name}: ${verdictTexts(verified.verdict).word}`)
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
