/**
 * Loaded into Electron's main process before the app (`-r`). Prints `ready MILLISECONDS` each time the page has painted what
 * BENCH_WAIT_FOR selects, BENCH_COUNT times. The clock starts at BENCH_STARTED, when the process was requested.
 */
const { app } = require('electron')

const script = `new Promise((resolve) => {
  const there = () => document.querySelectorAll(${JSON.stringify(process.env.BENCH_WAIT_FOR)}).length >= ${Number(process.env.BENCH_COUNT)}
  const done = () => requestAnimationFrame(() => setTimeout(() => resolve(Date.now())))
  if (there()) return done()
  const watch = new MutationObserver(() => there() && (watch.disconnect(), done()))
  watch.observe(document, { childList: true, subtree: true })
})`

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    const at = await contents.executeJavaScript(script)
    process.stdout.write(`ready ${Math.round(at - Number(process.env.BENCH_STARTED))}\n`)
  })
})
