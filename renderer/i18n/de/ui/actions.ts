import type { Catalogue } from '../../catalogue.ts'

export const actions: Catalogue['actions'] = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  done: 'Fertig',
  keep: 'Behalten',
  undo: 'Rückgängig',
  back: 'Zurück',
  dismiss: 'Ausblenden',
  show: 'Anzeigen',
  hide: 'Verbergen',
  keychainDoctor: 'Schlüsselbund-Diagnose',
  checkAgain: 'Noch einmal prüfen',
  copy: 'Kopieren',
  signIn: 'Anmelden',
  lock: 'Sperren',
}
