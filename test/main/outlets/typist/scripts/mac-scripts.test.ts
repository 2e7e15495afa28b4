import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { macScripts } from '../../../../../main/outlets/typist/scripts/mac-scripts.ts'

interface Mac {
  pid: number
  window: number
  path: string
  trusted: boolean
  held: boolean
  /** Happens when so many pieces were typed. */
  after: Record<number, () => void>
  allowed: boolean
  readonly typed: string[]
  readonly activated: number[]
  input: string
}

function aMac(changes: Partial<Mac> = {}): Mac {
  return {
    ...{ pid: 70, window: 4711, path: '/Applications/Notes.app/Contents/MacOS/Notes', trusted: true, held: false, after: {} },
    ...{ allowed: true, typed: [], activated: [], input: '4711\n70\nabcdefghij\n' },
    ...changes,
  }
}

/** Runs a script over stand-ins for what macOS gives it: JavaScript is JavaScript, and only the calls are not there. */
function runOn(mac: Mac, script: { args: readonly string[] }): unknown {
  const text = (value: string | null): object => ({ isNil: () => value === null, value })
  const unwrap = (wrapped: { value: string }): string => wrapped.value
  const $ = {
    NSUTF8StringEncoding: 4,
    kCGWindowListOptionOnScreenOnly: 1,
    NSFileHandle: { fileHandleWithStandardInput: { readDataToEndOfFile: mac.input } },
    NSString: { alloc: { initWithDataEncoding: (bytes: string) => text(bytes) } },
    NSWorkspace: {
      sharedWorkspace: {
        get frontmostApplication() {
          return {
            isNil: () => false,
            processIdentifier: mac.pid,
            executableURL: { isNil: () => false, path: text(mac.path) },
            localizedName: text('Notes'),
          }
        },
      },
    },
    NSRunningApplication: {
      runningApplicationWithProcessIdentifier: (pid: number) => ({
        isNil: () => false,
        activateWithOptions: () => mac.activated.push(pid),
      }),
    },
    NSEvent: {
      get modifierFlags() {
        return mac.held ? 0x40000 : 0
      },
    },
    AXIsProcessTrusted: () => mac.trusted,
    CGEventSourceKeyState: () => false,
    CGWindowListCopyWindowInfo: () => [
      { kCGWindowOwnerPID: 1, kCGWindowLayer: 25, kCGWindowNumber: 1 },
      { kCGWindowOwnerPID: mac.pid, kCGWindowLayer: 0, kCGWindowNumber: mac.window },
    ],
  }
  const ObjC = { import: () => undefined, unwrap, castRefToObject: (value: unknown) => value, deepUnwrap: (value: unknown) => value }
  const keystroke = (piece: string): void => {
    if (!mac.allowed) throw new Error('not allowed')
    mac.typed.push(piece)
    mac.after[mac.typed.length]?.()
  }
  const context = { $, ObjC, Application: () => ({ keystroke }), delay: () => undefined }
  return JSON.parse(runInNewContext(`${script.args.at(-1) ?? ''}\nrun()`, context) as string)
}

describe('the scripts for macOS', () => {
  it('tell the window in front', () => {
    const mac = aMac()
    expect(runOn(mac, macScripts.look)).toEqual({ id: '4711', pid: 70, program: mac.path, title: 'Notes' })
  })

  it('say when Accessibility is not allowed', () => {
    expect(runOn(aMac({ trusted: false }), macScripts.look)).toEqual({ refused: 'not-allowed' })
    const mac = aMac({ allowed: false })
    expect([runOn(mac, macScripts.type), mac.typed]).toEqual([{ refused: 'not-allowed' }, []])
  })

  it('type in pieces, all of it', () => {
    const mac = aMac()
    expect([runOn(mac, macScripts.type), mac.typed, mac.activated]).toEqual([{}, ['abcd', 'efgh', 'ij'], []])
  })

  it('bring the program to the front first', () => {
    const mac = aMac({ pid: 71 })
    expect([runOn(mac, macScripts.type), mac.typed, mac.activated]).toEqual([{ refused: 'changed' }, [], [70]])
  })

  it.each<[string, (mac: Mac) => void]>([
    ['another program', (mac) => (mac.pid = 71)],
    ['another window of it', (mac) => (mac.window = 4712)],
  ])('stop when %s comes to the front', (_what, change) => {
    const mac = aMac()
    mac.after[2] = () => change(mac)
    expect([runOn(mac, macScripts.type), mac.typed]).toEqual([{ refused: 'changed' }, ['abcd', 'efgh']])
  })

  it('type nothing while a key is held', () => {
    const mac = aMac({ held: true })
    expect([runOn(mac, macScripts.type), runOn(mac, macScripts.release), mac.typed]).toEqual([{ refused: 'held' }, { refused: 'held' }, []])
    expect(runOn(aMac(), macScripts.release)).toEqual({})
  })
})
