import type { MainCatalogue } from './texts.ts'

export const de: MainCatalogue = {
  menu: {
    file: '&Datei',
    lock: 'Sperren',
    quit: 'Beenden',
    close: 'Fenster schließen',
    edit: '&Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    view: '&Ansicht',
    actualSize: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fullScreen: 'Vollbild ein/aus',
    window: '&Fenster',
    minimize: 'Minimieren',
  },
  files: {
    backup: 'Latchkey-Sicherung',
    json: 'JSON-Datei',
    env: '.env-Datei',
    csv: 'CSV-Datei',
    all: 'Alle Dateien',
  },
}
