import type { BrowserKind } from '../../shared/lists/browsers.ts'
import { chromiumKey, firefoxId } from '../shared/protocol/extension-ids.ts'

/** docs/guide/browsers.md says why each permission is needed, and a test compares the two. There are no host permissions. */
export const permissions = ['activeTab', 'scripting', 'nativeMessaging', 'contextMenus'] as const

/** The shortcuts, which users can change in the browser's settings. */
const commands = {
  _execute_action: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_showKeys__' },
  fill: { suggested_key: { default: 'Alt+Shift+K' }, description: '__MSG_fill__' },
} as const

/** As strict as in the app's own windows: no foreign or inline content, and no embedding in frames. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const icons = Object.fromEntries([16, 32, 48, 128].map((size) => [size, `icons/${size}.png`]))

/** @param version of the app that the extension is shipped with */
export function manifestOf(browser: BrowserKind, version: string): object {
  return {
    manifest_version: 3,
    name: 'Latchkey',
    version,
    // The browser puts in the texts of its language, from `_locales`.
    description: '__MSG_description__',
    default_locale: 'en',
    icons,
    permissions,
    action: { default_title: 'Latchkey', default_popup: 'popup.html', default_icon: icons },
    commands,
    content_security_policy: { extension_pages: policy },
    ...(browser === 'chromium' ? forChromium : forFirefox),
  }
}

const forChromium = {
  key: chromiumKey,
  minimum_chrome_version: '120',
  background: { service_worker: 'background.js' },
}

const forFirefox = {
  background: { scripts: ['background.js'] },
  browser_specific_settings: {
    gecko: { id: firefoxId, strict_min_version: '128.0', data_collection_permissions: { required: ['none'] } },
  },
}
