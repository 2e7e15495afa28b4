/**
 * Loaded into the app before the app itself, for a computer without a network, where no port can be used. Reads a line of JSON from stdin
 * for each command of the DevTools protocol, `{id, method, params}`, and answers with one on stdout, `{id, result}` or `{id, error}`. It
 * also records every connection that Node is asked for, with its time; Chromium's own are in its net log.
 */
const { app, clipboard } = require('electron')
const { Socket } = require('node:net')
const dns = require('node:dns')
const { createInterface } = require('node:readline')

const attempts = []
const { connect } = Socket.prototype
Socket.prototype.connect = function (...given) {
  // Either the caller's arguments, or as `net.connect` has already normalised them: [options, callback].
  const [first] = Array.isArray(given[0]) ? given[0] : given
  const local = typeof first === 'string' || (typeof first === 'object' && first.path !== undefined)
  if (!local) attempts.push({ at: Date.now(), what: 'node socket' })
  return connect.apply(this, given)
}
const { lookup } = dns
dns.lookup = function (...given) {
  attempts.push({ at: Date.now(), what: 'node name' })
  return lookup.apply(this, given)
}

/** Resolves to the time when the first key's row was in the page. */
const watchForList = `new Promise((seen) => {
  const look = () => {
    if (document.querySelector('[role="option"]') === null) return
    observer.disconnect()
    seen(Date.now())
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true })
  look()
})`

const own = {
  'Drive.attempts': () => attempts,
  'Drive.listShownAt': () => shown,
  'Drive.clipboard': () => clipboard.readText(),
  'Drive.quit': () => void setImmediate(() => app.quit()),
}

/** The window, once its page can be called. */
const page = new Promise((resolve) => {
  app.once('web-contents-created', (_event, contents) => {
    contents.debugger.attach('1.3')
    contents.once('dom-ready', () => resolve(contents))
  })
})
const shown = page.then((contents) => contents.executeJavaScript(watchForList))
// As in the other tests: without a window manager the focus comes and goes, which would hide revealed values.
void page.then((contents) => contents.executeJavaScript(`addEventListener('blur', (event) => event.stopImmediatePropagation(), true)`))

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, method, params } = JSON.parse(line)
  let answer
  try {
    const result = await (method in own ? own[method]() : (await page).debugger.sendCommand(method, params))
    answer = { id, result: result ?? null }
  } catch (error) {
    answer = { id, error: error.message }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
})
