import { codeOf } from '../../bridge.ts'
import { refusalLine } from '../../i18n/refusalLine.ts'
import type { Session } from '../../session.svelte.ts'
import { isDialogOpen } from '../../ui/dialogs/openDialog.ts'
import { notices } from '../notices/notices.svelte.ts'
import type { Dialogs } from './dialogs.svelte.ts'
import { type Command, commandOf } from './shortcuts.ts'

/** Runs the command of a key press. While a dialog is open, none is run. */
export function runCommand(event: KeyboardEvent, dialogs: Dialogs, commands: Record<Command, () => void>): void {
  // One of our dialogs may still be loading, and others belong to the whole window.
  if (dialogs.open !== null || isDialogOpen() || event.defaultPrevented) return
  const command = commandOf(event, event.target instanceof HTMLInputElement)
  if (command === null) return
  event.preventDefault()
  commands[command]()
}

/** Locks, or says why it cannot. */
export function lockWithNotice(session: Session): Promise<void> {
  return attempt(() => session.lock())
}

/** Lists the keys of all accounts, or says why it cannot. */
export function showAllWithNotice(session: Session): Promise<void> {
  return attempt(() => session.showAll())
}

async function attempt(step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    notices.show({ text: refusalLine(codeOf(error)) })
  }
}
