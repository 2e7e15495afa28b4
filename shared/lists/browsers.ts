/** The browsers that Latchkey can be registered with. */
export const browserIds = ['chromium', 'chrome', 'edge', 'brave', 'vivaldi', 'firefox'] as const
export type BrowserId = (typeof browserIds)[number]

/** Packages whose sandbox lets a browser start no host program. */
export const sandboxes = ['snap', 'flatpak'] as const
export type Sandbox = (typeof sandboxes)[number]
