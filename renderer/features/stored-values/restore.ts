import { codeOf } from '../../bridge.ts'
import { refusalLine } from '../../i18n/refusalLine.ts'
import { texts } from '../../i18n/texts.svelte.ts'
import type { Keyring } from '../keys/keyring.svelte.ts'
import { notices } from '../notices/notices.svelte.ts'

/** Takes a stored value back from the trash, and says what came of it. @param id of the value in the trash */
export async function restoreWithNotice(keyring: Keyring, id: string): Promise<void> {
  try {
    const key = await keyring.restoreValue(id)
    notices.show({ text: texts().transfer.change.restored(key.name) })
  } catch (error) {
    notices.show({ text: refusalLine(codeOf(error)) })
  }
}
