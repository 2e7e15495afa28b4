/** The languages of Latchkey. Each has a catalogue in `main/i18n/` and one in `renderer/i18n/`. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** `system`: the first of the system's languages that Latchkey has. */
export const languageChoices = ['system', ...languages] as const
export type LanguageChoice = (typeof languageChoices)[number]

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Whose keys the main window lists: those of the current account, or those of all accounts. */
export const keyScopes = ['account', 'all'] as const
/** How the list of the keys of all accounts is grouped. */
export const keyGroupings = ['none', 'account', 'service'] as const
export type KeyGrouping = (typeof keyGroupings)[number]

/** What the main window lists. */
export interface KeyView {
  readonly scope: (typeof keyScopes)[number]
  readonly grouping: KeyGrouping
}

export const defaultKeyView: KeyView = { scope: 'account', grouping: 'account' }

/** `tell`: reports a newer version. `install`: also downloads it, for the next start. */
export const updateModes = ['install', 'tell', 'off'] as const

/** The smallest and the largest number that each setting takes, as whole numbers. */
export const settingBounds = {
  lockAfterMinutes: [1, 480],
  clipboardSeconds: [10, 300],
  approvalMinutes: [1, 60],
  trashDays: [1, 365],
} as const

export const platforms = ['linux', 'darwin', 'win32'] as const
export type Platform = (typeof platforms)[number]
