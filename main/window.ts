import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { BrowserWindow, type Session, session } from 'electron'

const origin = 'app://bundle'

/** The page may run its own files and nothing else: no network, no inline code, no frame, no form that leaves. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface WindowParts {
  readonly bundle: string
  readonly preload: string
  readonly dark: boolean
  readonly devTools: boolean
}

/** The one window, locked down before it loads anything. It shows itself when its first frame is ready. */
export function openWindow({ bundle, preload, dark, devTools }: WindowParts): BrowserWindow {
  // Without `persist:` the session lives in memory: no cache, cookie or storage of the page reaches the disk.
  const own = session.fromPartition('window', { cache: false })
  serveBundle(own, bundle)
  isolate(own)
  const window = new BrowserWindow({
    show: false,
    width: 1080,
    height: 720,
    minWidth: 800,
    minHeight: 600,
    title: 'Latchkey',
    backgroundColor: dark ? '#16171a' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      session: own,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // it would fetch dictionaries, and see what is typed
      devTools,
    },
  })
  pin(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${origin}/index.html`)
  return window
}

/** Answers `app://bundle/…` from a list of the bundle's files made once: a path that is not on it does not exist. */
function serveBundle(own: Session, bundle: string): void {
  const files = new Map(filesBelow(bundle).map((file) => [`/${relative(bundle, file).split(sep).join('/')}`, file]))
  own.protocol.handle('app', (request) => {
    const { host, pathname } = new URL(request.url)
    const file = request.method === 'GET' && host === 'bundle' ? files.get(pathname) : undefined
    if (file === undefined) return new Response('', { status: 404, headers: { 'content-security-policy': policy } })
    return new Response(readFileSync(file), {
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      },
    })
  })
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

function isolate(own: Session): void {
  own.webRequest.onBeforeRequest((details, done) => {
    const { protocol } = new URL(details.url)
    done({ cancel: protocol !== 'app:' && protocol !== 'data:' && protocol !== 'devtools:' })
  })
  own.setPermissionRequestHandler((_contents, _permission, done) => done(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.setDisplayMediaRequestHandler((_request, done) => done({}))
  own.on('will-download', (event) => event.preventDefault())
}

/** The window stays on its page: it goes nowhere, opens nothing and holds no other page. */
function pin(window: BrowserWindow): void {
  const contents = window.webContents
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
