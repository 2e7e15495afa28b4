import { writeChosen } from '../transfer/backup/file.ts'
import type { AppServices } from '../ipc/app-services.ts'
import type { FileDialogs } from '../transfer/transfer.ts'
import { exportJournal } from '../vault/journal/journal-export.ts'

/** Exports the journal to a file that the person chooses. The page names none: it could else have any file written over. */
export function saveJournal(dialogs: Pick<FileDialogs, 'save'>): AppServices['journal']['save'] {
  return async (opened) => {
    const file = await dialogs.save('journal', `latchkey-journal-${new Date().toISOString().slice(0, 10)}.jsonl`)
    if (file === null) return null
    const pieces: string[] = []
    for await (const piece of exportJournal(opened)) pieces.push(piece)
    const text = pieces.join('')
    writeChosen(file, text)
    return { file, lines: text.split('\n').length - 3 } // without the first, the last, and what follows its line feed
  }
}
