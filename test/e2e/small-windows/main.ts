/** The prompt and the palette as the app has them, with nothing behind them but what a test says. Built by `small-windows.ts`. */
import { app, protocol } from 'electron'
import { Prompts } from '../../../main/outlets/prompts.ts'
import { SmallWindows } from '../../../main/windows/small-windows.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'
import type { Stage } from './stage.ts'

app.enableSandbox()
app.on('session-created', (session) => session.setSpellCheckerLanguages([]))
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.setPath('userData', process.env['LATCHKEY_PROFILE_DIR'] ?? '')
app.on('window-all-closed', () => {})

const empty: PaletteState = { theme: 'system', closed: null, keys: [], target: null, barred: null }
const prompts = new Prompts(Date.now)
const stage: Stage = { prompts, windows: null, theme: 'light', ended: [], palette: { state: empty, calls: [], refusal: null } }
Object.assign(globalThis, { stage })

void app.whenReady().then(() => {
  const bundle = { pages: process.env['LATCHKEY_PAGES'] ?? '', preloads: process.env['LATCHKEY_PRELOADS'] ?? '' }
  const windows = new SmallWindows({ bundle, prompts, theme: () => stage.theme })
  stage.windows = windows
  const { palette } = stage
  const answered = async (call: string, chosen: unknown): Promise<void> => {
    palette.calls.push([call, chosen])
    if (call === 'type') windows.palette.hide()
    if (palette.refusal !== null) throw palette.refusal
  }
  windows.palette.serve({
    state: () => palette.state,
    type: (chosen) => answered('type', chosen),
    copy: async (chosen) => (await answered('copy', chosen), { clearsAt: Date.now() + 30_000 }),
    close: () => {
      palette.calls.push(['close', null])
      windows.palette.hide()
    },
  })
  app.on('before-quit', () => windows.end())
})
