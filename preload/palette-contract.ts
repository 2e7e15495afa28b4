/**
 * The contract of the palette, in which a person finds a key by typing, and has its value typed into the window that had the focus before,
 * or copied. No message carries a value: main types and copies.
 */
import * as v from 'valibot'
import { accountId, keyId, nothing, refusalCode, theme, time } from './shapes.ts'

const chosen = v.strictObject({ accountId, id: keyId })

export const paletteState = v.strictObject({
  theme,
  /** Why the vault is closed, so that there are no keys to find; null while it is open. */
  closed: v.nullable(refusalCode),
  keys: v.array(
    v.strictObject({
      accountId,
      id: keyId,
      name: v.string(),
      account: v.string(),
      enabled: v.boolean(),
      lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
      /** The last release, in milliseconds since 1970; null if there was none. Before anything is typed, the list is sorted by it. */
      usedAt: v.nullable(time),
    }),
  ),
  /**
   * The window that had the focus, with its program's name without the path. Null if no window had it, which `unavailable` says; or if the
   * desktop does not report it: the value is then typed into the window that gets the focus.
   */
  target: v.nullable(v.strictObject({ program: v.string(), title: v.string() })),
  /** Why nothing can be typed into the target; null if it can. */
  unavailable: v.nullable(refusalCode),
})

export const paletteCalls = {
  'palette.state': { input: nothing, output: paletteState },
  /** Hides the palette, gives the focus back, and types the value. Sends no Enter. */
  'palette.type': { input: chosen, output: nothing },
  'palette.copy': { input: chosen, output: v.strictObject({ clearsAt: time }) },
  'palette.close': { input: nothing, output: nothing },
} as const

/** The palette was opened again. It shows the new state, and its search field is empty. */
export const paletteEvents = { 'palette.shown': paletteState } as const

export type PaletteState = v.InferOutput<typeof paletteState>
