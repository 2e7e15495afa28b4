import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count } = formsOf('de-DE')

export const allKeys: Catalogue['keys']['all'] = {
  title: 'Alle Schlüssel',
  about: 'Name, Dienst, Schlagwort',
  accounts: (amount) => count(amount, { one: 'Konto', other: 'Konten' }),
  total: (keys) => count(keys, { one: 'Schlüssel', other: 'Schlüssel' }),
  searched:
    'Gesucht wird in Namen, Diensten, Konten, Schlagwörtern, Umgebungen, Benutzern, Notizen, IDs und den letzten vier Zeichen der Werte.',
  noService: 'Übrige Schlüssel',
  everyService: 'Alle Dienste anzeigen',
  grouping: {
    group: 'Schlüssel gruppieren',
    grouped: (by) => `Schlüssel gruppieren: ${by}`,
    by: { none: 'Ohne Gruppen', account: 'Nach Konto', service: 'Nach Dienst' },
  },
}

export const sidebar: Catalogue['keys']['sidebar'] = {
  label: 'Ansichten',
  attention: 'Handlungsbedarf',
  accounts: 'Konten',
  services: 'Dienste',
  trash: 'Papierkorb',
}

export const shortcuts: Catalogue['keys']['shortcuts'] = {
  title: 'Tastenkürzel',
  groups: { go: 'Gehe zu', list: 'In der Liste', key: 'Schlüssel', app: 'Latchkey' },
  does: {
    all: 'Alle Schlüssel',
    account: 'Ein Konto, nach seinem Platz im Menü',
    search: 'Suche',
    move: 'Voriger oder nächster Schlüssel',
    ends: 'Erster oder letzter Schlüssel',
    type: 'Getipptes suchen',
    enter: 'Zu den Aktionen des Schlüssels',
    leave: 'Zurück zur Liste',
    new: 'Neuer Schlüssel',
    copy: 'Wert kopieren',
    reveal: 'Wert zeigen oder verbergen',
    undo: 'Rückgängig machen',
    sync: 'Jetzt abgleichen',
    lock: 'Sperren',
    shortcuts: 'Diese Übersicht',
  },
  letters: 'Buchstaben',
}
