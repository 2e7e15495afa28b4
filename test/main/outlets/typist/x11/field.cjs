/** A window with one field. Prints what stands in it, as JSON, a line at each change. */
const { app, BrowserWindow } = require('electron')
const tell = 'console.log(JSON.stringify(value))'
const page = `<title>field</title><textarea autofocus onfocus="${tell}" oninput="${tell}"></textarea>`

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 400, height: 300 })
  // Newer Electrons say it in the event, older ones beside it.
  window.webContents.on('console-message', (event, _level, text) => process.stdout.write(`${event.message ?? text}\n`))
  void window.loadURL(`data:text/html,${encodeURIComponent(page)}`)
})
