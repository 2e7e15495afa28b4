import { formsOf } from '../forms.ts'
import type { Catalogue } from '../catalogue.ts'

const { count, number } = formsOf('de-DE')

export const settings: Catalogue['settings'] = {
  title: 'Einstellungen',
  saved: 'Gespeichert',
  amounts: {
    seconds: (seconds) => (seconds >= 60 && seconds % 60 === 0 ? `${number(seconds / 60)} min` : `${number(seconds)} s`),
    minutes: (minutes) => (minutes === null ? 'Nie' : minutes % 60 === 0 ? `${number(minutes / 60)} h` : `${number(minutes)} min`),
    days: (days) => count(days, { one: 'Tag', other: 'Tage' }),
  },
  appearance: {
    language: 'Sprache',
    languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
  },
  safety: {
    lock: 'Sperren',
    lockText:
      'Wenn so lange niemand Tastatur oder Maus anrührt. Latchkey sperrt auch, wenn der Computer schläft, der Bildschirm gesperrt wird oder ein anderer Benutzer übernimmt.',
    lockAfter: 'Sperren nach',
    locks: (minutes) =>
      minutes === null ? 'Latchkey sperrt nicht von selbst' : `Latchkey sperrt nach ${count(minutes, { one: 'Minute', other: 'Minuten' })}`,
    clipboard: 'Zwischenablage',
    clipboardText:
      'Ein kopierter Wert wird nach dieser Zeit entfernt, und wenn Latchkey sperrt oder endet, außer Sie haben inzwischen etwas anderes kopiert.',
    clearAfter: 'Kopierten Wert entfernen nach',
    clears: (time) => `Die Zwischenablage wird nach ${time} geleert`,
    approvals: 'Freigaben',
    approvalsText:
      'Wie lange eine Website oder ein Programm einen Schlüssel haben darf, wenn Sie ihn für eine Weile freigeben. Eine Sperre beendet das auch.',
    approvedFor: 'Für eine Weile freigeben',
    approves: (time) => `Eine Weile ist ${time}`,
    trash: 'Papierkorb',
    trashText:
      'Wie lange ein Wert bleibt, dessen Schlüssel jemand anderswo gelöscht hat oder den Sie geändert haben. Es zählt nur Zeit, in der Latchkey läuft. Danach ist er endgültig weg.',
    keptFor: 'Im Papierkorb behalten',
    keeps: (time) => `Werte bleiben ${time} im Papierkorb`,
    screen: 'Bildschirm',
    protect: 'Fenster aus Bildschirmfotos heraushalten',
    protectText: 'Und aus geteilten und aufgezeichneten Bildschirmen. Windows und macOS können das, Linux nicht.',
  },
  palette: {
    title: 'Schnellsuche',
    text: 'Ein kleines Fenster, das von überall einen Schlüssel findet und dort tippt oder kopiert, wo Sie arbeiten.',
    none: (command) => `Kein Tastenkürzel gesetzt. Auch ${command} öffnet die Schnellsuche.`,
    works: (command) => `Das System hat Latchkey dieses Tastenkürzel gegeben. Auch ${command} öffnet die Schnellsuche.`,
    refused: (command) =>
      `Das System hat Latchkey diese Tasten nicht gegeben: Ein anderes Programm hat sie, oder dieser Desktop gibt sie niemandem. Wählen Sie andere, oder legen Sie ${command} in den Einstellungen Ihres Desktops auf Tasten.`,
    types: 'Sie kann hier in andere Fenster tippen. In Browsern füllt stattdessen die Erweiterung ein.',
    off: 'Tastenkürzel abgeschaltet',
    set: 'Tastenkürzel gesetzt',
    notAvailable: 'Tastenkürzel nicht verfügbar',
  },
  shortcut: {
    press: 'Tasten drücken\u00a0…',
    none: 'Kein Tastenkürzel',
    is: (keys) => `Tastenkürzel: ${keys}`,
    change: 'Ändern\u00a0…',
    turnOff: 'Abschalten',
    wrong: 'Strg, Alt oder Super halten und einen Buchstaben, eine Ziffer oder eine Funktionstaste drücken.',
    how: 'Mindestens eine von Strg, Alt und Super. Escape lässt es, wie es ist.',
  },
  starting: {
    title: 'Start',
    atLogin: 'Beim Anmelden starten',
    atLoginText: 'Schnellsuche, Befehl und Erweiterung sind dann von Anfang an da.',
    hidden: 'Ohne Fenster starten',
    hiddenText: 'Nur wenn das System Latchkey startet, und nur wo es ein Infobereich-Symbol gibt.',
    tray: 'Im Infobereich bleiben',
    trayText: 'Das Fenster zu schließen lässt Latchkey weiterlaufen. Wo es keinen Infobereich gibt, beendet es sich.',
    noTray: 'Auf diesem Desktop gibt es gerade keinen Infobereich. Das Fenster zu schließen beendet Latchkey.',
    updates: 'Aktualisierungen',
    updateChoices: {
      install: { word: 'Installieren', text: 'Eine neuere Version wird geholt, ihre Signatur geprüft, und ab dem nächsten Start benutzt.' },
      tell: { word: 'Melden', text: 'Latchkey sagt, dass es eine neuere Version gibt, und holt sie, wenn Sie es wollen.' },
      off: { word: 'Aus', text: 'Es wird nach nichts gefragt. Sie suchen selbst nach neueren Versionen.' },
    },
  },
}
