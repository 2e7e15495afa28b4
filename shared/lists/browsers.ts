/** The browsers that Latchkey can be registered with. */
export const browserIds = ['chromium', 'chrome', 'edge', 'brave', 'vivaldi', 'firefox'] as const
export type BrowserId = (typeof browserIds)[number]

/** The kinds of browser: each kind has its own extension manifest and host manifest. */
export type BrowserKind = 'chromium' | 'firefox'

/** Packages whose sandbox lets a browser start no host program. */
export const sandboxes = ['snap', 'flatpak'] as const
export type Sandbox = (typeof sandboxes)[number]
