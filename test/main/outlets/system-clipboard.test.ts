import { describe, expect, it } from 'vitest'
import { type ElectronClipboard, systemClipboard } from '../../../main/outlets/system-clipboard.ts'

type Formats = Record<string, string | Blob>

/** Electron from version 43 on: one write of many formats, answered later. */
class Electron implements ElectronClipboard {
  readonly writes: Formats[] = []
  held: Formats = {}
  readonly refuses: RegExp | null
  readonly drops: boolean

  constructor({ refuses = null, drops = false }: { refuses?: RegExp | null; drops?: boolean } = {}) {
    this.refuses = refuses
    this.drops = drops
  }

  readonly ClipboardItem = class {
    readonly formats: Formats
    constructor(formats: Formats) {
      this.formats = formats
    }
  }

  readonly clipboard = {
    readText: () => Promise.resolve(String(this.held['text/plain'] ?? '')),
    writeText: (text: string) => Promise.resolve(void this.#hold({ 'text/plain': text })),
    write: (items: { formats: Formats }[]) => {
      const formats = items[0]?.formats ?? {}
      if (Object.keys(formats).some((name) => this.refuses?.test(name))) return Promise.reject(new TypeError('no such format'))
      return Promise.resolve(void this.#hold(this.drops ? {} : formats))
    },
    clear: () => void (this.held = {}),
  }

  #hold(formats: Formats): void {
    this.writes.push(formats)
    this.held = formats
  }
}

const raw = (name: string): string => `electron application/osclipboard;format="${name}"`

describe('the system’s clipboard', () => {
  it.each([
    ['linux', ['x-kde-passwordManagerHint']],
    ['darwin', ['org.nspasteboard.ConcealedType', 'org.nspasteboard.TransientType']],
    ['win32', ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard']],
  ])('gets a secret and what keeps histories off it in one write, on %s', async (platform, names) => {
    const electron = new Electron()
    await systemClipboard(electron, platform).writeSecret('value')
    expect(electron.writes).toHaveLength(1)
    expect(Object.keys(electron.held)).toEqual(['text/plain', ...names.map(raw)])
    expect(electron.held['text/plain']).toBe('value')
  })

  it('says to KDE that it is a secret, and to Windows a zero of 32 bits', async () => {
    const [kde, windows] = [new Electron(), new Electron()]
    await systemClipboard(kde, 'linux').writeSecret('value')
    await systemClipboard(windows, 'win32').writeSecret('value')
    expect(kde.held[raw('x-kde-passwordManagerHint')]).toBe('secret')
    const no = windows.held[raw('CanUploadToCloudClipboard')]
    expect(no instanceof Blob && [...new Uint8Array(await no.arrayBuffer())]).toEqual([0, 0, 0, 0])
  })

  it.each([
    ['refuses the formats', new Electron({ refuses: /osclipboard/ })],
    ['takes them and drops the text', new Electron({ drops: true })],
  ])('gets the text alone where Electron %s', async (_what, electron) => {
    await systemClipboard(electron, 'linux').writeSecret('value')
    expect(electron.held).toEqual({ 'text/plain': 'value' })
  })

  it('gets the text alone from an Electron that knows no items', async () => {
    let held = ''
    const clipboard = {
      readText: () => held,
      writeText: (text: string) => void (held = text),
      write: () => undefined,
      clear: () => void (held = ''),
    }
    await systemClipboard({ clipboard }, 'linux').writeSecret('value')
    expect(held).toBe('value')
  })

  it('gets what is no secret without a hint', async () => {
    const electron = new Electron()
    await systemClipboard(electron, 'linux').writeText('an id')
    expect(electron.held).toEqual({ 'text/plain': 'an id' })
  })
})
