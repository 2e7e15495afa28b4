import type { Catalogue } from '../catalogue.ts'

export const welcome: Catalogue['welcome'] = {
  choice: {
    opening: 'Wird geöffnet\u00a0…',
  },
  connect: {
    title: 'Mit einem Server verbinden',
    hint: 'URL und App-ID kennt sein Betreiber.',
  },
  opening: {
    opening: 'Ihr Tresor wird geöffnet\u00a0…',
  },
  closed: {
    forgotten: 'Vergessen? Ohne sie kann niemand den Tresor öffnen. Ihre Schlüssel gelten weiter, wo sie in Gebrauch sind.',
    unchanged: 'Bis dahin bleibt der Tresor zu. Nichts darin wurde geändert.',
    noKeychain: 'Kein Schlüsselbund auf diesem Computer?',
    instead:
      'Latchkey kann Werte in einer verschlüsselten Datei unter einer Passphrase aufbewahren. Es fragt bei jedem Start danach, und wer sie vergisst, verliert die Werte.',
    usePassphrase: 'Stattdessen eine Passphrase nehmen\u00a0…',
  },
  welcome: {
    first: 'Ein Tresor für Ihre API-Schlüssel',
    add: 'Konto hinzufügen',
    choose: 'Konto wählen',
    back: 'Zurück zu den Schlüsseln',
    inKeychain:
      'Latchkey legt API-Schlüssel an, bewahrt ihre Werte im Schlüsselbund Ihres Computers auf und gibt sie heraus, wenn Sie es wollen.',
    inFile:
      'Latchkey legt API-Schlüssel an, bewahrt ihre Werte in einer Datei unter Ihrer Passphrase auf und gibt sie heraus, wenn Sie es wollen.',
    stored: 'Einen vorhandenen Schlüssel speichern',
    storedHint: {
      os: 'Von irgendeinem Dienst. Sein Wert kommt in Ihren Schlüsselbund.',
      passphrase: 'Von irgendeinem Dienst. Sein Wert kommt in Ihren Passphrasen-Tresor.',
    },
    local: 'Tresor auf diesem Computer anlegen',
    localHint: 'Ohne Server, nichts zu merken. Gleich fertig.',
    server: 'Mit einem Server verbinden',
    serverHint: 'Für den Server eines Teams oder jeden, der App Services spricht.',
  },
}
