import * as v from 'valibot'
import { languageChoices, settingBounds, updateModes } from '../../shared/lists/settings.ts'
import { withFallback } from './fallback.ts'

const integerBetween = ([least, most]: readonly [number, number]) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** The preferences on disk. */
export const preferences = v.strictObject({
  /** The language of windows, menus and the tray. */
  language: v.picklist(languageChoices),
  /** Minutes without input; null for never. */
  lockAfterMinutes: v.nullable(integerBetween(settingBounds.lockAfterMinutes)),
  /** How long a copied value stays on the clipboard. */
  clipboardSeconds: integerBetween(settingBounds.clipboardSeconds),
  /** Opens the palette from anywhere, as an Electron accelerator; null for none. */
  quickShortcut: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** How long an approval "for a while" lasts. */
  approvalMinutes: integerBetween(settingBounds.approvalMinutes),
  /** How long a value stays in the trash: of a key that was deleted elsewhere, or one that was replaced. */
  trashDays: integerBetween(settingBounds.trashDays),
  /** Whether windows are kept out of screenshots and shared screens, where the system supports it. */
  contentProtection: v.boolean(),
  startAtLogin: v.boolean(),
  /** Whether a start at login shows only the tray icon. */
  startHidden: v.boolean(),
  /** Whether closing the window leaves Latchkey running in the tray, if there is one. */
  keepInTray: v.boolean(),
  updates: v.picklist(updateModes),
})
export type Preferences = v.InferOutput<typeof preferences>

export const defaultPreferences: Preferences = {
  language: 'system',
  lockAfterMinutes: 10,
  clipboardSeconds: 30,
  quickShortcut: 'Ctrl+Alt+K',
  approvalMinutes: 15,
  trashDays: 30,
  contentProtection: true,
  startAtLogin: false,
  startHidden: false,
  keepInTray: true,
  updates: 'tell',
}

/** Used while the file cannot be read. Without a shortcut and without updates, because the person may have turned them off. */
export const fallbackPreferences: Preferences = { ...defaultPreferences, quickShortcut: null, updates: 'off' }

/** Takes the valid preferences of a backup; those that this version does not know, or that are out of bounds, keep their current value. */
export function mergeRestoredPreferences(kept: Readonly<Record<string, unknown>>, now: Preferences): Preferences {
  const fit = Object.entries(preferences.entries).filter(([name, schema]) => name in kept && v.is(schema, kept[name]))
  return { ...now, ...Object.fromEntries(fit.map(([name]) => [name, kept[name]])) }
}

/** @param before null if the preferences could not be read until now, so that nobody has just changed them */
type Effect = (now: Preferences, before: Preferences | null) => void

/** The preferences in use. Parts that depend on one read it when they start, and subscribe to changes. */
export class PreferencesStore {
  readonly #kept: { preferences: Preferences }
  readonly #effects: Effect[] = []
  #inUse: Preferences | null = null

  /** @param kept stores them on disk; its refusals pass through `get` and `set`, and nothing changes then */
  constructor(kept: { preferences: Preferences }) {
    this.#kept = kept
  }

  /** The preferences on disk. @throws Refusal `profile-…` */
  get(): Preferences {
    return this.#kept.preferences
  }

  /** The preferences in effect: those on disk, or `fallbackPreferences` until `reload`, so that all parts of the app use the same. */
  inUse(): Preferences {
    return (this.#inUse ??= withFallback(() => this.get(), fallbackPreferences))
  }

  /** Applies the preferences if they could not be read before and can be now. Idempotent. */
  reload(): void {
    if (this.inUse() !== fallbackPreferences) return
    const now = withFallback(() => this.get(), fallbackPreferences)
    if (now !== fallbackPreferences) this.#tell(now, null)
  }

  /** Saves and applies preferences before it returns. @throws Refusal `profile-…` */
  set(chosen: Preferences): void {
    this.reload()
    const before = this.get()
    this.#kept.preferences = chosen
    this.#tell(chosen, before)
  }

  /** @param effect must not throw, because the preferences are on disk already */
  onChange(effect: Effect): void {
    this.#effects.push(effect)
  }

  #tell(now: Preferences, before: Preferences | null): void {
    this.#inUse = now
    for (const effect of this.#effects) effect(now, before)
  }
}
