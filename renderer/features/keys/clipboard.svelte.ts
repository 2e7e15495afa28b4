import type { Key } from '../../../preload/contract.ts'
import { ask, subscribe } from '../../bridge.ts'
import { notices } from '../notices/notices.svelte.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** Which key's value is on the clipboard, and until when. The value itself never reaches the window. */
export class Clipboard {
  keyId = $state.raw<string | null>(null)
  /** Milliseconds since 1970. */
  clearsAt = $state(0)

  /** Call the returned function to unsubscribe. */
  open(): () => void {
    return subscribe('clipboard.cleared', () => {
      if (this.keyId === null) return
      this.keyId = null
      notices.announce(texts().keys.notices.cleared)
    })
  }

  /** @throws Refused */
  async copy(accountId: string, { id: keyId, name }: Pick<Key, 'id' | 'name'>): Promise<void> {
    const { clearsAt } = await ask('keys.copy', { accountId, id: keyId })
    this.keyId = keyId
    this.clearsAt = clearsAt
    notices.announce(texts().keys.notices.copied(name))
  }
}
