import { App } from './app.ts'
import { listenForGestures } from './gestures.ts'
import { listenForReports } from './page.ts'
import { PopupServer } from './popup-server.ts'

const app = new App()
listenForReports()
listenForGestures(app)
new PopupServer(app).listen()
