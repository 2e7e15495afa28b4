import { app, type BrowserWindow, dialog } from 'electron'
import { join } from 'node:path'
import type { FileDialogs, FileKind } from '../transfer/transfer.ts'
import { texts } from '../i18n/texts.ts'

/** An import takes any file: most of those that programs keep for themselves have no extension. */
const extensions: Record<Exclude<FileKind, 'import'>, string[]> = {
  backup: ['latchkey-backup'],
  json: ['json'],
  env: ['env'],
  journal: ['jsonl'],
}

/** The system's own file dialogs, modal to the window. A page never names the file that is read or written. */
export function fileDialogs(window: () => BrowserWindow | null): FileDialogs {
  const over = <O, R>(
    options: O,
    modal: (window: BrowserWindow, options: O) => Promise<R>,
    free: (options: O) => Promise<R>,
  ): Promise<R> => {
    const ours = window()
    return ours === null ? free(options) : modal(ours, options)
  }
  return {
    async save(kind, name) {
      const options = {
        defaultPath: join(app.getPath('documents'), name),
        filters: filtersOf(kind, false),
        properties: ['showOverwriteConfirmation' as const],
      }
      const { canceled, filePath } = await over(
        options,
        (ours, all) => dialog.showSaveDialog(ours, all),
        (all) => dialog.showSaveDialog(all),
      )
      return canceled || filePath === undefined || filePath === '' ? null : filePath
    },
    async open(kind) {
      const options = { filters: filtersOf(kind, true), properties: ['openFile' as const, 'showHiddenFiles' as const] }
      const { canceled, filePaths } = await over(
        options,
        (ours, all) => dialog.showOpenDialog(ours, all),
        (all) => dialog.showOpenDialog(all),
      )
      return canceled ? null : (filePaths[0] ?? null)
    },
  }
}

function filtersOf(kind: FileKind, reading: boolean): { name: string; extensions: string[] }[] {
  const { files } = texts()
  const all = { name: files.all, extensions: ['*'] }
  if (kind === 'import') return [all]
  const own = { name: files[kind], extensions: extensions[kind] }
  return reading ? [own, all] : [own]
}
