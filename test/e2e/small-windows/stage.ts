import type { SiteChoice } from '../../../main/outlets/prompts.ts'
import type { ApprovalRequest, ServerRequest } from '../../../main/vault/ports/approver.ts'
import type { RefusalCode } from '../../../main/vault/refusal.ts'
import type { SmallWindows } from '../../../main/windows/small-windows.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'

/** The test's interface in the main process, as `globalThis.stage`. */
export interface Stage {
  windows: SmallWindows | null
  theme: PaletteState['theme']
  readonly ask: (request: ApprovalRequest) => void
  readonly choose: (choice: SiteChoice) => void
  readonly pair: (pairing: { browser: string; code: string; otherAttempts?: number }) => void
  readonly confirmServer: (request: ServerRequest) => void
  readonly lock: () => void
  /** How the requests ended, in order: an answer, or a refusal's code. */
  readonly ended: unknown[]
  /** What the palette shows, which calls it made, and the code with which they are refused. */
  readonly palette: { state: PaletteState; readonly calls: [string, unknown][]; refusal: RefusalCode | null }
}

declare global {
  var stage: Stage
}
