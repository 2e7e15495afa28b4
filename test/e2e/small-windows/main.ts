/** The real prompt and palette, with only the test's data behind them. Built by `small-windows.ts`. */
import { app, protocol } from 'electron'
import { Prompts } from '../../../main/outlets/prompts.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { SmallWindows } from '../../../main/windows/small-windows.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'
import type { Stage } from './stage.ts'

app.enableSandbox()
app.on('session-created', (session) => session.setSpellCheckerLanguages([]))
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.setPath('userData', process.env['LATCHKEY_PROFILE_DIR'] ?? '')
app.on('window-all-closed', () => {})

const empty: PaletteState = { theme: 'system', closed: null, keys: [], target: null, unavailable: null }
const prompts = new Prompts(Date.now, () => 15)
const ended: unknown[] = []
const follow = (asked: Promise<unknown>): void =>
  void asked.then(
    (answer) => ended.push(answer ?? 'done'),
    (error: Error) => ended.push(error.message),
  )
const stage: Stage = {
  ...{ ended, windows: null, theme: 'light', palette: { state: empty, calls: [], refusal: null } },
  ask: (request) => follow(prompts.ask(request)),
  choose: (choice) => follow(prompts.choose(choice)),
  pair: (pairing) => follow(prompts.pair({ otherAttempts: 0, ...pairing })),
  confirmServer: (request) => follow(prompts.confirmServer(request)),
  lock: () => stage.windows?.lock(),
}
globalThis.stage = stage

void app.whenReady().then(() => {
  const bundle = { pages: process.env['LATCHKEY_PAGES'] ?? '', preloads: process.env['LATCHKEY_PRELOADS'] ?? '' }
  const windows = new SmallWindows({ bundle, prompts, theme: () => stage.theme })
  stage.windows = windows
  const { palette } = stage
  const answered = async (call: string, chosen: unknown): Promise<void> => {
    palette.calls.push([call, chosen])
    if (call === 'type') windows.palette.hide()
    if (palette.refusal !== null) throw new Refusal(palette.refusal)
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
  app.on('before-quit', () => app.exit(0))
})
