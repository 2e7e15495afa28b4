import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { app, BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, type Session, session } from 'electron'
import { translatedPage } from './translated-page.ts'

/** The page may load its own files and nothing else: no network, no inline code, no frame, no form target. */
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

/** Pages may request no device: Chromium would enumerate devices before it asks anybody, and its USB enumeration can crash the app. */
const noDevices = [
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'midi',
  'camera',
  'microphone',
  'display-capture',
  'geolocation',
  'payment',
  'publickey-credentials-get',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Each window has a page of its own, and a preload of the same name. */
export type Page = 'index' | 'prompt' | 'palette'

/** The folders of the built pages and preloads. */
export interface Bundle {
  readonly pages: string
  readonly preloads: string
}

/** The full URL of a page. Messages from any other URL are not answered. */
export function pageAddress(page: Page): string {
  return `app://bundle/${page}.html`
}

/** Opens a window on its page, locked down before the page loads. It is hidden until the caller shows it. */
export function lockedWindow(page: Page, bundle: Bundle, options: BrowserWindowConstructorOptions): BrowserWindow {
  const own = ownSession(page, bundle.pages)
  const window = new BrowserWindow({
    ...options,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#131817' : '#f4f6f5',
    autoHideMenuBar: true,
    webPreferences: {
      session: own,
      preload: join(bundle.preloads, `${page}.cjs`),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // it would download dictionaries, and see what is typed
      devTools: !app.isPackaged,
    },
  })
  pin(window)
  void window.loadURL(pageAddress(page))
  return window
}

/**
 * Gives each window a session of its own: two windows of one session could share a process, and their pages, which have the same origin,
 * could access each other. Without `persist:` the session is in memory, so that no cache, cookie or storage of a page reaches the disk.
 */
function ownSession(page: Page, pages: string): Session {
  const own = session.fromPartition(page, { cache: false })
  // A window that is opened again finds its session configured.
  if (own.protocol.isProtocolHandled('app')) return own
  servePage(own, page, pages)
  isolate(own)
  return own
}

/** Serves `app://bundle/…` from a list of the page and its assets that is made once: a path that is not on it does not exist. */
function servePage(own: Session, page: Page, pages: string): void {
  const files = new Map(
    [join(pages, `${page}.html`), ...filesBelow(join(pages, 'assets'))].map((file) => [
      `/${relative(pages, file).split(sep).join('/')}`,
      file,
    ]),
  )
  own.protocol.handle('app', (request) => {
    const { host, pathname } = new URL(request.url)
    const file = request.method === 'GET' && host === 'bundle' ? files.get(pathname) : undefined
    if (file === undefined) return new Response('', { status: 404, headers: { 'content-security-policy': policy } })
    return new Response(extname(file) === '.html' ? translatedPage(readFileSync(file, 'utf8')) : readFileSync(file), {
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'permissions-policy': noDevices,
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
  // WebRTC over TCP and preconnect hints bypass onBeforeRequest. A proxy that does not exist stops them.
  void own.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' })
  own.setPermissionRequestHandler((_contents, _permission, done) => done(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.setDisplayMediaRequestHandler((_request, done) => done({}))
  own.on('will-download', (event) => event.preventDefault())
}

/** Keeps the window on its page: no navigation, no new window, no embedded page. */
function pin(window: BrowserWindow): void {
  const contents = window.webContents
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // WebRTC's packets bypass the session's request filter, policy and proxy, and could carry out what a page knows.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
