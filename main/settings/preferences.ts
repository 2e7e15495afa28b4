import * as v from 'valibot'
import { withFallback } from './fallback.ts'

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** What a person chooses, as it is on disk. The bounds are the border's too: what is chosen in the window fits the file. */
export const preferences = v.strictObject({
  /** Of windows, menus and the tray; `system`: the first of the system's that Latchkey speaks. */
  language: v.picklist(['system', 'en', 'de']),
  /** Without a key or a pointer moved; null for never. */
  lockAfterMinutes: v.nullable(whole(1, 480)),
  /** How long a copied value stays on the clipboard. */
  clipboardSeconds: whole(10, 300),
  /** Opens the palette from anywhere, in Electron's words; null for none. */
  quickShortcut: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** How long an answer holds that was given for a while. */
  approvalMinutes: whole(1, 60),
  /** How long the value of a key stays that somebody deleted elsewhere. */
  trashDays: whole(1, 365),
  /** Whether windows are kept out of screenshots and shared screens, where the system can. */
  contentProtection: v.boolean(),
  startAtLogin: v.boolean(),
  /** In the tray, when the system starts it. */
  startHidden: v.boolean(),
  /** Whether closing the window leaves Latchkey running, where there is a tray to find it in. */
  keepInTray: v.boolean(),
  /** `tell`: says that there is a newer version; `install`: and gets it, for the next start. */
  updates: v.picklist(['install', 'tell', 'off']),
})
export type Preferences = v.InferOutput<typeof preferences>

/** Until somebody chooses otherwise. */
export const defaults: Preferences = {
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

/** As long as the file cannot be read: no key is taken from other programs, and no feed asked, that somebody may have chosen against. */
export const unread: Preferences = { ...defaults, quickShortcut: null, updates: 'off' }

/** Those of `kept` that are preferences of this version, and `now`'s in place of the others. */
export function preferencesFrom(kept: Readonly<Record<string, unknown>>, now: Preferences): Preferences {
  const fit = Object.entries(preferences.entries).filter(([name, schema]) => name in kept && v.is(schema, kept[name]))
  return { ...now, ...Object.fromEntries(fit.map(([name]) => [name, kept[name]])) }
}

/** @param before null where what was chosen could not be read until now: nobody has chosen anything just now */
type Effect = (now: Preferences, before: Preferences | null) => void

/** The preferences in use. What depends on one is told when it changes, and reads it when it begins. */
export class Chosen {
  readonly #kept: { preferences: Preferences }
  readonly #effects: Effect[] = []
  #inUse: Preferences | null = null

  /** @param kept what has them on disk; it may refuse, which `get` and `set` hand on, with nothing changed */
  constructor(kept: { preferences: Preferences }) {
    this.#kept = kept
  }

  /** As they are on disk. @throws Refusal `profile-…` */
  get(): Preferences {
    return this.#kept.preferences
  }

  /** What the app goes by: as they are on disk, or `unread`, which it stays until `follow`, so that all of the app goes by the same. */
  inUse(): Preferences {
    return (this.#inUse ??= withFallback(() => this.get(), unread))
  }

  /** What could not be read, and can be now, is in effect when it returns. Called as often as one likes. */
  follow(): void {
    if (this.inUse() !== unread) return
    const now = withFallback(() => this.get(), unread)
    if (now !== unread) this.#tell(now, null)
  }

  /** On disk, and in effect, when it returns. @throws Refusal `profile-…` */
  set(chosen: Preferences): void {
    this.follow()
    const before = this.get()
    this.#kept.preferences = chosen
    this.#tell(chosen, before)
  }

  /** @param effect must not throw: the choice is on disk already */
  onChange(effect: Effect): void {
    this.#effects.push(effect)
  }

  #tell(now: Preferences, before: Preferences | null): void {
    this.#inUse = now
    for (const effect of this.#effects) effect(now, before)
  }
}
