/** The system's clipboard, as text. Newer Electron versions return promises, older ones do not. */
export interface SystemClipboard {
  readText(): string | Promise<string>
  writeText(text: string): void | Promise<void>
  /** Also asks clipboard histories and shared clipboards to ignore the text, if the platform and this Electron version support it. */
  writeSecret(text: string): Promise<void>
  clear(): void | Promise<void>
}

/** The part of Electron's module that is used. Before version 43 it has no `ClipboardItem`, and cannot write text and a hint together. */
export interface ElectronClipboard {
  readonly clipboard: {
    readText(): string | Promise<string>
    writeText(text: string): void | Promise<void>
    write(items: never[]): void | Promise<void>
    clear(): void | Promise<void>
  }
  readonly ClipboardItem?: new (items: Record<string, string | Blob>) => object
}

/** Formats that tell clipboard managers to ignore the text, by platform. They are written together with the text. */
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
  /** @returns whether the text is on the clipboard: an unsupported format can make the whole write fail */
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
