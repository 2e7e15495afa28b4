/** The smallest possible Electron app, which Latchkey is compared with: one sandboxed window with one line of text. */
const { app, BrowserWindow } = require('electron')

app.setPath('userData', process.env.LATCHKEY_PROFILE_DIR)
app.enableSandbox()
app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false, width: 1080, height: 720, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  void window.loadURL('data:text/html,<main>ready</main>')
})
