import type { App } from './app.ts'
import { showAtButton } from './badge.ts'
import { Filling } from './filling.ts'
import type { View } from '../popup-messages.ts'
import { codeOf } from '../trouble.ts'
import type { Tab } from '../web-extension.ts'
import { webExtension } from '../web-extension.ts'

const menuEntry = 'fill'

/**
 * The shortcut and the context menu. Both are the browser's own and cannot be pressed by a page, and each opens the one tab that it was
 * made in to the extension.
 */
export function hearGestures(app: App): void {
  webExtension.runtime.onInstalled.addListener(() => void addMenuEntry())
  webExtension.commands.onCommand.addListener((command, tab) => {
    if (command === 'fill') void fill(app, tab, null)
  })
  webExtension.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
    if (menuItemId === menuEntry) void fill(app, tab, frameId ?? 0)
  })
}

/** Fills at once where there is one key; where there is a choice, it is made in the popup. */
async function fill(app: App, gesture: Tab | undefined, pointed: number | null): Promise<void> {
  const tabId = gesture?.id ?? (await webExtension.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id
  if (tabId === undefined) return
  const show = (view: View): void => void showAtButton(tabId, view)
  try {
    const filling = await Filling.of(app, tabId, pointed)
    const ref = filling.onlyRef
    if (ref !== null) return await filling.fillFound(ref, show)
    show(filling.view(filling.barred))
    await openPopup()
  } catch (thrown) {
    show({ state: 'trouble', code: codeOf(thrown) })
    await openPopup()
  }
}

/** Older browsers open it for a click alone; the button then says that there is something to see. */
async function openPopup(): Promise<void> {
  await webExtension.action.openPopup?.().catch(() => {})
}

async function addMenuEntry(): Promise<void> {
  await webExtension.contextMenus.removeAll()
  const entry = { id: menuEntry, title: 'Fill a key from Latchkey' }
  try {
    // Firefox has a context of its own for password fields, and Chromium does not know it.
    webExtension.contextMenus.create({ ...entry, contexts: ['editable', 'password'] })
  } catch {
    webExtension.contextMenus.create({ ...entry, contexts: ['editable'] })
  }
}
