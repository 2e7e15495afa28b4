import { formsOf } from '../forms.ts'
import type { Catalogue } from '../catalogue.ts'

const { count, number } = formsOf('de-DE')

export const journal: Catalogue['journal'] = {
  title: 'Protokoll',
  about:
    'Was diesen Tresor verließ und was sich in ihm änderte, das Neueste zuerst. Niemals ein Wert. Jede Zeile ist mit der davor verkettet, sodass keine unbemerkt geändert oder entfernt werden kann.',
  of: 'Anzeigen',
  everything: 'Alles',
  ofKey: (key, account) => `${key} von ${account}`,
  loading: 'Das Protokoll wird gelesen\u00a0…',
  none: 'Von diesem Schlüssel ist noch nichts vermerkt.',
  older: 'Ältere anzeigen',
  events: {
    created: 'Schlüssel erstellt',
    deleted: 'Schlüssel gelöscht',
    enabled: 'Schlüssel eingeschaltet',
    disabled: 'Schlüssel ausgeschaltet',
    'value-added': 'Wert hinzugefügt',
    'value-removed': 'Wert entfernt',
    unlocked: 'Tresor geöffnet',
    locked: 'Tresor gesperrt',
    exported: 'Schlüssel offen in eine Datei ausgelagert',
    'backed-up': 'Werte für eine Sicherung gelesen',
    restored: 'Aus einer Sicherung wiederhergestellt',
    'older-file': 'Eine ältere Datei des Tresors lag hier: Vor dieser Zeile fehlen welche',
    imported: 'Wert übernommen',
    'server-confirmed': 'Server bestätigt:',
    'value-changed': 'Wert geändert',
    renamed: 'Umbenannt',
    'details-changed': 'Angaben geändert',
  },
  sent: { value: 'Wert gesendet an', 'sign-in': 'Anmeldung gesendet an' },
  to: 'an',
  journalExported: 'Protokoll exportiert',
  afterWrong: (tries) => `nach ${count(tries, { one: 'falschen Passphrase', other: 'falschen Passphrasen' })}`,
  approved: { always: 'Für immer freigegeben für', 'for-a-time': 'Für eine Weile freigegeben für' },
  revoked: 'Freigabe widerrufen für',
  export: 'Exportieren\u00a0…',
  exporting: 'Das Protokoll wird signiert und geschrieben\u00a0…',
  exported: (lines) => `${count(lines, { one: 'Zeile', other: 'Zeilen' })} exportiert nach`,
  verify: 'Zum Prüfen an jedem Ort, auch ohne Latchkey:',
  fingerprint: 'Schlüssel dieses Tresors',
  fingerprintHint: 'An ihm erkennt man ein exportiertes Protokoll als das dieses Tresors. Die Prüfung zeigt ihn ebenfalls.',
  entry: (seq) => `Eintrag ${number(seq)}`,
}
