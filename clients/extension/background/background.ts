import { App } from './app.ts'
import { hearGestures } from './gestures.ts'
import { hearReports } from './page.ts'
import { PopupServer } from './popup-server.ts'

const app = new App()
hearReports()
hearGestures(app)
new PopupServer(app).listen()
