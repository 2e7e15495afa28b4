/**
 * The part of the browsers' extension API that is used, typed by hand. Chromium calls it `chrome`, Firefox `browser`; both return promises.
 */

export interface Tab {
  readonly id?: number
  readonly windowId?: number
  /** Present only while a gesture gives access to this tab. */
  readonly url?: string
}

/** The sender of a message, as the browser reports it. */
export interface Sender {
  readonly id?: string
  readonly url?: string
  /** Absent in Firefox. */
  readonly origin?: string
  readonly tab?: Tab
  readonly frameId?: number
  /** Changes with every document that a frame loads. */
  readonly documentId?: string
}

export interface Port {
  readonly name: string
  readonly sender?: Sender
  readonly error?: { readonly message?: string } | null
  postMessage(message: unknown): void
  disconnect(): void
  readonly onMessage: Happening<[message: unknown]>
  readonly onDisconnect: Happening<[port: Port]>
}

interface Happening<T extends unknown[]> {
  addListener(listener: (...happened: T) => void): void
}

export interface InjectionTarget {
  readonly tabId: number
  readonly allFrames?: boolean
  readonly frameIds?: readonly number[]
  readonly documentIds?: readonly string[]
}

export interface InjectionResult {
  readonly frameId: number
  readonly documentId?: string
  readonly result?: unknown
  /** Firefox reports a failure here, Chromium rejects. */
  readonly error?: unknown
}

export interface WebExtension {
  /** In content scripts only. Firefox has it on each element instead. */
  readonly dom?: { openOrClosedShadowRoot(element: HTMLElement): ShadowRoot | null }
  readonly runtime: {
    readonly id: string
    readonly lastError?: { readonly message?: string } | null
    getURL(path: string): string
    connect(options: { name: string }): Port
    connectNative(host: string): Port
    sendMessage(message: unknown): Promise<unknown>
    readonly onMessage: Happening<[message: unknown, sender: Sender]>
    readonly onConnect: Happening<[port: Port]>
    readonly onInstalled: Happening<[]>
  }
  readonly i18n: {
    /** The language of the browser's menus, as a BCP 47 tag. */
    getUILanguage(): string
  }
  readonly tabs: {
    get(id: number): Promise<Tab>
    query(which: { active: true; lastFocusedWindow: true }): Promise<Tab[]>
    create(options: { url: string }): Promise<Tab>
  }
  readonly scripting: {
    executeScript<A extends unknown[]>(
      injection: { target: InjectionTarget } & ({ files: readonly string[] } | { func: (...args: A) => unknown; args: A }),
    ): Promise<InjectionResult[]>
  }
  readonly contextMenus: {
    create(entry: { id: string; title: string; contexts: readonly string[] }): void
    removeAll(): Promise<void>
    readonly onClicked: Happening<[info: { readonly menuItemId: string | number; readonly frameId?: number }, tab?: Tab]>
  }
  readonly commands: {
    getAll(): Promise<readonly { readonly name?: string; readonly shortcut?: string }[]>
    readonly onCommand: Happening<[command: string, tab?: Tab]>
  }
  readonly action: {
    setBadgeText(badge: { text: string; tabId: number }): Promise<void>
    setBadgeBackgroundColor(badge: { color: string; tabId: number }): Promise<void>
    setTitle(title: { title: string; tabId: number }): Promise<void>
    openPopup?(): Promise<void>
  }
}

declare const chrome: WebExtension
declare const browser: WebExtension | undefined

export const webExtension: WebExtension = typeof browser === 'undefined' ? chrome : browser
