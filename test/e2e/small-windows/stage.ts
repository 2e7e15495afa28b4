import type { Prompts } from '../../../main/outlets/prompts.ts'
import type { Refusal } from '../../../main/vault/refusal.ts'
import type { SmallWindows } from '../../../main/windows/small-windows.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'

/** What a test reaches in the main process. */
export interface Stage {
  readonly prompts: Prompts
  windows: SmallWindows | null
  theme: 'light' | 'dark' | 'system'
  /** How the requests ended, in order: an answer or a code. */
  readonly ended: unknown[]
  readonly palette: { state: PaletteState; readonly calls: [string, unknown][]; refusal: Refusal | null }
}
