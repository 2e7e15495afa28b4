import { writeChosenFile } from '../transfer/backup/file.ts'
import type { AppServices } from '../ipc/app-services.ts'
import type { FileDialogs } from '../transfer/transfer.ts'
import { exportJournal } from '../vault/journal/journal-export.ts'

/** Exports the journal to a file that the person chooses in a dialog. A page must not name the file, or it could overwrite any file. */
export function saveJournal(dialogs: Pick<FileDialogs, 'save'>): AppServices['journal']['save'] {
  return async (vault) => {
    const file = await dialogs.save('journal', `latchkey-journal-${new Date().toISOString().slice(0, 10)}.jsonl`)
    if (file === null) return null
    const pieces: string[] = []
    for await (const piece of exportJournal(vault)) pieces.push(piece)
    const text = pieces.join('')
    writeChosenFile(file, text)
    return { file, lines: text.split('\n').length - 3 } // without the first and last lines, and the empty string after the last line feed
  }
}
