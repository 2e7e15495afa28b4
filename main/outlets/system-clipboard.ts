/** The system's clipboard, as text. Newer Electrons answer later, older ones at once. */
export interface SystemClipboard {
  readText(): string | Promise<string>
  writeText(text: string): void | Promise<void>
  /** Asks clipboard histories and clipboards shared between computers to keep off, where the platform and this Electron know how. */
  writeSecret(text: string): Promise<void>
  clear(): void | Promise<void>
}

/** As much of Electron's module as is used. Before version 43 it has no items, and no way to write text and a hint as one. */
export interface ElectronClipboard {
  readonly clipboard: {
    readText(): string | Promise<string>
    writeText(text: string): void | Promise<void>
    write(items: never[]): void | Promise<void>
    clear(): void | Promise<void>
  }
  readonly ClipboardItem?: new (items: Record<string, string | Blob>) => object
}

/** What keeps a clipboard manager off: each system's own formats, which stand beside the text in one write. */
const hints: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  linux: { 'x-kde-passwordManagerHint': 'secret' },
  darwin: { 'org.nspasteboard.ConcealedType': 'secret', 'org.nspasteboard.TransientType': 'secret' },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: new Uint8Array(4),
    CanIncludeInClipboardHistory: new Uint8Array(4), // a zero of 32 bits: no
    CanUploadToCloudClipboard: new Uint8Array(4),
  },
}

export function systemClipboard({ clipboard, ClipboardItem }: ElectronClipboard, platform: string): SystemClipboard {
  const plain = async (text: string): Promise<void> => await clipboard.writeText(text)
  /** @returns whether the text stands there: a format that this Electron does not take may cost the whole write */
  const hinted = async (text: string): Promise<boolean> => {
    if (ClipboardItem === undefined) return false
    try {
      await clipboard.write([new ClipboardItem({ 'text/plain': text, ...formats(platform) }) as never])
      return (await clipboard.readText()) === text
    } catch {
      return false
    }
  }
  return {
    readText: () => clipboard.readText(),
    writeText: (text) => clipboard.writeText(text),
    writeSecret: async (text) => void ((await hinted(text)) || (await plain(text))),
    clear: () => clipboard.clear(),
  }
}

function formats(platform: string): Record<string, string | Blob> {
  const named = Object.entries(hints[platform] ?? {})
  return Object.fromEntries(
    named.map(([name, value]) => [
      `electron application/osclipboard;format="${name}"`,
      typeof value === 'string' ? value : new Blob([value]),
    ]),
  )
}
