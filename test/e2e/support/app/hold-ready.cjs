/**
 * Loaded into the app before the app itself: holds its `ready` until Playwright has attached, which Playwright signals by
 * `__playwright_run`. If a page begins to load while Playwright attaches, Playwright may wait for a navigation that it has missed, until
 * the launch times out: about once in two hundred starts, two side by side.
 */
const { app } = require('electron')

// For this process only: for the one that replaces it after a lock, nobody would signal.
if (process.env['LATCHKEY_HOLD_READY'] !== undefined) {
  delete process.env['LATCHKEY_HOLD_READY']
  const ready = app.whenReady()
  /** @type {() => void} */
  let go = () => undefined
  const held = new Promise((resolve) => (go = () => resolve(undefined)))
  app.whenReady = () => ready.then(() => held).then(() => undefined)
  Object.assign(globalThis, { __playwright_run: () => go() })
}
