/**
 * Loaded into the app before the app itself: holds its `ready` until Playwright has attached, which Playwright says by
 * `__playwright_run`. A page that begins to load while Playwright attaches can leave Playwright waiting for a navigation that it has
 * missed, until the launch times out: about once in two hundred starts, two side by side.
 */
const { app } = require('electron')

// For this process alone: the one that comes in its place after a lock has nobody who would let it go on.
if (process.env['LATCHKEY_HOLD_READY'] !== undefined) {
  delete process.env['LATCHKEY_HOLD_READY']
  const ready = app.whenReady()
  /** @type {() => void} */
  let go = () => undefined
  const held = new Promise((resolve) => (go = () => resolve(undefined)))
  app.whenReady = () => ready.then(() => held).then(() => undefined)
  Object.assign(globalThis, { __playwright_run: () => go() })
}
