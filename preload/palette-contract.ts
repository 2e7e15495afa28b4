/**
 * The border of the palette: type to find a key, then have it typed into the window that had the focus, or copied. No value crosses
 * here: main types and copies by itself.
 */
import * as v from 'valibot'
import { accountId, keyId, nothing, refusalCode, theme, time } from './shapes.ts'

const chosen = v.strictObject({ accountId, id: keyId })

export const paletteState = v.strictObject({
  theme,
  /** Why there are no keys to find; null while the vault is open. */
  closed: v.nullable(refusalCode),
  keys: v.array(
    v.strictObject({
      accountId,
      id: keyId,
      name: v.string(),
      account: v.string(),
      enabled: v.boolean(),
      lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
      /** Milliseconds since 1970; null if it never left here. The newest first is how the palette begins. */
      usedAt: v.nullable(time),
    }),
  ),
  /**
   * The window that had the focus, its program without its path. Null where there was none, and `barred` says so; or where
   * the desktop does not tell, and it types into whichever gets the focus.
   */
  target: v.nullable(v.strictObject({ program: v.string(), title: v.string() })),
  /** Why nothing can be typed there; null when it can. */
  barred: v.nullable(refusalCode),
})

export const paletteCalls = {
  'palette.state': { input: nothing, output: paletteState },
  /** Hides the palette, gives the focus back, and types. Sends no Enter. */
  'palette.type': { input: chosen, output: nothing },
  'palette.copy': { input: chosen, output: v.strictObject({ clearsAt: time }) },
  'palette.close': { input: nothing, output: nothing },
} as const

/** The palette has come up again: with what there is now, and an empty field. */
export const paletteEvents = { 'palette.shown': paletteState } as const

export type PaletteState = v.InferOutput<typeof paletteState>
