import { createRequire } from 'node:module'
import { join } from 'node:path'
import { app, dialog, ipcMain, type IpcMainInvokeEvent, shell, type WebContents } from 'electron'
import type { Secrets } from './secrets.ts'

export type Listener = (event: IpcMainInvokeEvent, input: unknown) => unknown

/** What was observed of the app from outside its own code. */
export interface Seen {
  /** The handlers that listen to windows, by the channel's name. */
  readonly listeners: Map<string, Listener>
  /** Uncaught errors. */
  readonly faults: unknown[]
  /** How often a message to a window contained a secret. */
  leaks: number
  /** Called with each message that comes from a page, and its answer. */
  arrived: (channel: string, input: unknown, told: unknown) => void
  /** The paths that the system was asked to open for the person. */
  readonly opened: string[]
}

/** Wraps everything through which the app reaches windows, keychain and person, before the app is loaded. */
export function watchApp(secrets: Secrets, folder: string): Seen {
  const seen: Seen = { listeners: new Map(), faults: [], leaks: 0, arrived: () => undefined, opened: [] }
  const handle = ipcMain.handle.bind(ipcMain)
  ipcMain.handle = (channel, listener) => {
    seen.listeners.set(channel, listener)
    handle(channel, async (event, input) => {
      const told: unknown = await listener(event, input)
      seen.arrived(channel, input, told)
      return told
    })
  }
  process.on('uncaughtException', (error) => seen.faults.push(error))
  process.on('unhandledRejection', (error) => seen.faults.push(error))
  app.on('web-contents-created', (_event, contents) => watchSent(contents, secrets, seen))
  watchKeychain(secrets)
  answerDialogs(folder)
  for (const name of ['openPath', 'openExternal'] as const) {
    shell[name] = async (what: string) => {
      seen.opened.push(what)
      return '' as never
    }
  }
  shell.showItemInFolder = (what) => void seen.opened.push(what)
  return seen
}

function watchSent(contents: WebContents, secrets: Secrets, seen: Seen): void {
  const send = contents.send.bind(contents)
  contents.send = (channel, ...told: unknown[]) => {
    const item = secrets.itemIn(JSON.stringify(told))
    if (item !== null) {
      seen.leaks += 1
      console.error(`VALUE of ${item} in what ${channel} tells`)
    }
    send(channel, ...told)
  }
}

/** The same object whose functions the app calls. */
function watchKeychain(secrets: Secrets): void {
  const keytar = createRequire(join(process.env['FUZZ_CHECKOUT'] ?? '', 'package.json'))('keytar') as typeof import('keytar')
  const { getPassword, setPassword } = keytar
  keytar.setPassword = (service, account, password) => {
    secrets.note(account, password)
    return setPassword(service, account, password)
  }
  keytar.getPassword = async (service, account) => {
    const password = await getPassword(service, account)
    if (password !== null) secrets.note(account, password)
    return password
  }
}

/** The person at the file dialogs, who sometimes chooses a file and sometimes none. */
function answerDialogs(folder: string): void {
  let asked = 0
  const file = (): string | null => ((asked += 1) % 3 === 0 ? null : join(folder, `chosen-${asked % 7}`))
  const saved = (): { canceled: boolean; filePath: string } => ({
    canceled: false,
    filePath: '',
    ...told(file(), (filePath) => ({ filePath })),
  })
  const opened = (): { canceled: boolean; filePaths: string[] } => ({
    canceled: false,
    filePaths: [],
    ...told(file(), (path) => ({ filePaths: [path] })),
  })
  dialog.showSaveDialog = async () => saved() as never
  dialog.showOpenDialog = async () => opened() as never
  dialog.showSaveDialogSync = () => saved().filePath as never
  dialog.showOpenDialogSync = () => opened().filePaths as never
  dialog.showMessageBox = async () => ({ response: (asked += 1) % 2, checkboxChecked: false }) as never
  dialog.showMessageBoxSync = () => ((asked += 1) % 2) as never
  dialog.showErrorBox = () => undefined
}

function told<T>(path: string | null, chosen: (path: string) => T): T | { canceled: true } {
  return path === null ? { canceled: true } : chosen(path)
}
