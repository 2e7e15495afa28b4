import type { transferTexts as english } from '../../en/refusals/transfer.ts'

export const transferTexts: typeof english = {
  'not-allowed-values': {
    title: 'Gespeicherte Werte haben keinen Server',
    text: 'Diese Werte kommen von anderswo. Kein Server führt sie, also lässt sich keiner danach fragen.',
    next: 'Werte anzeigen, kopieren oder ausfüllen, oder nachweisen, zu welchem Schlüssel einer gehört.',
  },
  'vault-not-empty': {
    title: 'Dieser Tresor ist nicht leer',
    text: 'Eine Sicherung wird nur in einen leeren Tresor zurückgespielt, damit sie nichts überschreiben kann.',
    next: 'Unter einem anderen Benutzer dieses Computers zurückspielen, oder hier erst alle Konten entfernen.',
  },
  'backup-invalid': {
    title: 'Das ist keine ganze Latchkey-Sicherung',
    text: 'Die Datei ist etwas anderes, oder sie wurde unterwegs beschädigt oder verändert.',
    next: 'Eine andere Datei wählen oder die Sicherung neu anlegen.',
  },
  'backup-newer': {
    title: 'Ein neueres Latchkey hat diese Sicherung angelegt',
    text: 'Sie kann enthalten, was diese Version nicht kennt und verlieren würde.',
    next: 'Das neueste Latchkey installieren, dann zurückspielen.',
  },
  'file-unreadable': {
    title: 'Die Datei ließ sich nicht lesen',
    text: 'Sie ist nicht mehr da, oder das System lässt sie nicht lesen.',
    next: 'Die Datei prüfen, dann noch einmal wählen.',
  },
  'file-unwritable': {
    title: 'Die Datei ließ sich nicht schreiben',
    text: 'Der Ordner fehlt, ist schreibgeschützt oder gehört jemand anderem. Es blieb nichts zurück.',
    next: 'Einen anderen Ordner wählen.',
  },
  'file-too-large': {
    title: 'Die Datei ist zu groß',
    text: 'Sie ist viel größer, als eine Liste von Schlüsseln oder eine Sicherung wäre.',
    next: 'Die richtige Datei wählen.',
  },
  'import-unknown': {
    title: 'Diese Datei wird nicht erkannt',
    text: 'Weder ihr Name noch ihr Inhalt zeigt, aus welchem Programm sie ist.',
    next: 'Das Format selbst wählen, oder dort in einem der genannten Formate ausgeben.',
  },
  'import-invalid': {
    title: 'Die Datei hat ein anderes Format',
    text: 'Latchkey findet darin nicht, was dieses Format verspricht.',
    next: 'Nachsehen, aus welchem Programm die Datei ist, und dessen Format wählen.',
  },
  'import-encrypted': {
    title: 'Die Datei ist verschlüsselt',
    text: 'Nur das Programm, das sie angelegt hat, kann sie öffnen.',
    next: 'Dort unverschlüsselt ausgeben, hier einlesen, danach löschen.',
  },
  'import-unsupported': {
    title: 'Diese Version der Datei lässt sich nicht lesen',
    text: 'Sie hat eine andere Version, nutzt eine unübliche Verschlüsselung, oder das Öffnen würde viel zu lange dauern.',
    next: 'Dort in einem anderen der genannten Formate ausgeben. Eine KeePass-Datenbank wird als KDBX 4 mit AES oder ChaCha20 gelesen.',
  },
  'stored-limit': {
    title: 'Mehr Werte, als ein Tresor speichert',
    text: 'Bis zu 1.000 Werte von anderswo werden gespeichert, und eine Datei mit mehr Einträgen wird nicht gelesen. Gespeichert wurde nichts.',
    next: 'Dort weniger ausgeben, oder gespeicherte Werte entfernen, die nicht mehr gebraucht werden.',
  },
  'export-too-soon': {
    title: 'Das ging zu schnell',
    text: 'Eine Ausgabe im Klartext wartet einige Sekunden, damit niemand im Vorbeigehen eine macht.',
    next: 'Warten, bis sich die Taste drücken lässt.',
  },
  'choice-expired': {
    title: 'Die Datei muss noch einmal gewählt werden',
    text: 'Was gelesen war, wurde vergessen: Es verging zu viel Zeit, oder der Tresor wurde gesperrt.',
    next: 'Die Datei noch einmal wählen.',
  },
}
