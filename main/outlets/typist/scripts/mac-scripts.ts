import type { DesktopScripts } from './script-typist.ts'

/**
 * JavaScript for `osascript`, which a person has to allow under Accessibility once. `System Events` presses the keys that give a text on
 * the layout in use. A window is identified by the frontmost program and the number of its first window.
 */
const shared = `
for (const framework of ['AppKit', 'CoreGraphics', 'ApplicationServices']) ObjC.import(framework)
function input() {
  const bytes = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile
  return ObjC.unwrap($.NSString.alloc.initWithDataEncoding(bytes, $.NSUTF8StringEncoding)).split('\\n')
}
function front() {
  const app = $.NSWorkspace.sharedWorkspace.frontmostApplication
  if (app.isNil()) return null
  const pid = Number(app.processIdentifier)
  const all = ObjC.deepUnwrap(ObjC.castRefToObject($.CGWindowListCopyWindowInfo($.kCGWindowListOptionOnScreenOnly, 0))) || []
  const own = all.find((one) => one.kCGWindowOwnerPID === pid && one.kCGWindowLayer === 0)
  const url = app.executableURL
  return {
    id: own === undefined ? '' : String(own.kCGWindowNumber),
    pid,
    program: url.isNil() ? '' : ObjC.unwrap(url.path),
    title: (own && own.kCGWindowName) || ObjC.unwrap(app.localizedName) || '',
  }
}
function released() {
  for (let i = 0; i < 150; i++) {
    const keys = Array.from({ length: 128 }, (_, key) => key)
    const held = (Number($.NSEvent.modifierFlags) & 0x1e0000) !== 0 || keys.some((key) => key !== 57 && $.CGEventSourceKeyState(0, key))
    if (!held) return true
    delay(0.02)
  }
  return false
}
`

const type = `
function run() {
  const [id, process, text] = input()
  const pid = Number(process)
  if (!released()) return JSON.stringify({ refused: 'held' })
  const app = $.NSRunningApplication.runningApplicationWithProcessIdentifier(pid)
  if (app.isNil()) return JSON.stringify({ refused: 'changed' })
  const isThere = () => {
    const now = front()
    return now !== null && now.pid === pid && now.id === id
  }
  if (!isThere()) app.activateWithOptions(2)
  for (let i = 0; i < 50 && !isThere(); i++) delay(0.02)
  const events = Application('System Events')
  for (let at = 0; at < text.length; at += 4) {
    if (!isThere()) return JSON.stringify({ refused: 'changed' })
    try {
      events.keystroke(text.slice(at, at + 4))
    } catch (error) {
      return JSON.stringify({ refused: 'not-allowed' })
    }
  }
  return JSON.stringify(isThere() ? {} : { refused: 'changed' })
}
`

const look = `
function run() {
  if (!$.AXIsProcessTrusted()) return JSON.stringify({ refused: 'not-allowed' })
  return JSON.stringify(front() || {})
}
`

const release = `
function run() {
  return JSON.stringify(released() ? {} : { refused: 'held' })
}
`

export const macScripts: DesktopScripts = { look: osascript(look), release: osascript(release), type: osascript(type) }

function osascript(script: string): DesktopScripts['look'] {
  return { command: '/usr/bin/osascript', args: ['-l', 'JavaScript', '-e', shared + script] }
}
