import { formsOf } from '../../forms.ts'
import type { Catalogue } from '../../catalogue.ts'

const { count } = formsOf('de-DE')

export const passphrase: Catalogue['passphrase'] = {
  items: {
    guard: 'Auch nach einer Passphrase fragen\u00a0…',
    change: 'Passphrase ändern\u00a0…',
    unguard: 'Nicht mehr nach der Passphrase fragen\u00a0…',
  },
  guard: {
    title: 'Auch nach einer Passphrase fragen?',
    where:
      'Werte bleiben im Schlüsselbund Ihres Systems, jeder unter Ihrer Passphrase versiegelt. Wer in den Schlüsselbund gelangt, hat ohne sie nichts.',
    asks: 'Latchkey fragt bei jedem Start nach der Passphrase, und jedes Mal, wenn es gesperrt war.',
    grave: 'Niemand kann sie zurücksetzen. Wer sie vergisst, verliert die Werte auf diesem Computer.',
    moves: 'Jeder Wert wird versiegelt, zurückgelesen und verglichen, und erst dann in seiner alten Form entfernt.',
    busy: 'Der Schlüssel wird gemacht, versiegelt und verglichen\u00a0…',
    now: 'Nach dieser Passphrase fragen',
  },
  change: {
    title: 'Passphrase ändern',
    about:
      'Alles wird unter einem neuen Schlüssel neu versiegelt. Die alte Passphrase öffnet danach nichts mehr, außer älteren Kopien des Ordners von Latchkey.',
    now: 'Bisherige Passphrase',
    next: 'Neue Passphrase',
    busy: 'Der neue Schlüssel wird gemacht, versiegelt und verglichen\u00a0…',
    act: 'Passphrase ändern',
    done: 'Die Passphrase ist geändert.',
    missing: 'Geben Sie die bisherige Passphrase ein.',
  },
  unguard: {
    title: 'Nicht mehr nach der Passphrase fragen?',
    how: 'Jeder Wert im Schlüsselbund Ihres Systems wird geöffnet, zurückgelesen und verglichen. Erst dann wird das Versiegelte entfernt.',
    act: 'Nicht mehr fragen',
  },
  wait: {
    title: 'Zu viele falsche Passphrasen',
    text: 'Nach jeder falschen wartet Latchkey länger. Gelöscht wird nichts, so viele es auch sind.',
    again: (seconds) =>
      seconds < 60
        ? `Nächster Versuch in ${count(seconds, { one: 'Sekunde', other: 'Sekunden' })}.`
        : `Nächster Versuch in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} Minuten.`,
    over: 'Der nächste Versuch ist jetzt möglich.',
  },
}
