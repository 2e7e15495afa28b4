import type { App } from './app.ts'
import { showOnBadge } from './badge.ts'
import { Filling } from './filling.ts'
import type { View } from '../popup-messages.ts'
import { codeOf } from '../trouble.ts'
import { texts } from '../texts/texts.ts'
import type { Tab } from '../web-extension.ts'
import { webExtension } from '../web-extension.ts'

const menuEntry = 'fill'

/**
 * Listens for the shortcut and the context menu. Both belong to the browser and cannot be triggered by a page. Each gives the extension
 * access to the one tab in which it was used.
 */
export function listenForGestures(app: App): void {
  webExtension.runtime.onInstalled.addListener(() => void addMenuEntry())
  webExtension.commands.onCommand.addListener((command, tab) => {
    if (command === 'fill') void fill(app, tab, null)
  })
  webExtension.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
    if (menuItemId === menuEntry) void fill(app, tab, frameId ?? 0)
  })
}

/** Fills at once if there is one key. If there are several, the popup offers them. */
async function fill(app: App, gesture: Tab | undefined, pointed: number | null): Promise<void> {
  const tabId = gesture?.id ?? (await webExtension.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id
  if (tabId === undefined) return
  const show = (view: View): void => void showOnBadge(tabId, view)
  try {
    const filling = await Filling.of(app, tabId, pointed)
    const ref = filling.onlyRef
    if (ref !== null) return await filling.fillFound(ref, show)
    show(filling.view(filling.obstacle))
    await openPopup()
  } catch (thrown) {
    show({ state: 'trouble', code: codeOf(thrown) })
    await openPopup()
  }
}

/** Older browsers open a popup on a click only. The button then shows that there is something to see. */
async function openPopup(): Promise<void> {
  await webExtension.action.openPopup?.().catch(() => {})
}

async function addMenuEntry(): Promise<void> {
  await webExtension.contextMenus.removeAll()
  const entry = { id: menuEntry, title: texts.menuEntry }
  try {
    // Firefox has a separate context for password fields, which Chromium does not know.
    webExtension.contextMenus.create({ ...entry, contexts: ['editable', 'password'] })
  } catch {
    webExtension.contextMenus.create({ ...entry, contexts: ['editable'] })
  }
}
