import type { serverTexts as english } from '../../en/refusals/server.ts'

export const serverTexts: typeof english = {
  'server-url-invalid': {
    title: 'Das ist keine URL eines Servers',
    text: 'Latchkey braucht die volle Adresse mit ihrem Schema. Ein Pfad darf dabei sein, eine Abfrage, ein Anker oder ein Passwort nicht.',
    next: 'Schreiben Sie sie wie https://keys.example.com oder https://example.com/latchkey.',
  },
  'server-url-insecure': {
    title: 'Diese Adresse ist nicht sicher',
    text: 'Über einfaches http könnte jeder unterwegs Ihre Schlüssel lesen. Es gilt nur für diesen Computer.',
    next: 'Nehmen Sie eine Adresse, die mit https:// beginnt.',
  },
  'server-unconfirmed': {
    title: 'Der Server wurde nicht bestätigt',
    text: 'Bevor etwas Geheimes an einen Server geht, fragt Latchkey in einem eigenen Fenster. Dort kam kein Ja, also wurde nichts gesendet.',
    next: 'Prüfen Sie die Adresse, warten Sie zehn Sekunden, versuchen Sie es noch einmal und bestätigen Sie den Server.',
  },
  'app-id-invalid': {
    title: 'Das ist keine App-ID',
    text: 'Eine App-ID hat Buchstaben, Ziffern, Binde- und Unterstriche, wie latchkey-abcde.',
    next: 'Kopieren Sie sie aus den Einstellungen des Servers.',
  },
  'app-unknown': {
    title: 'Der Server kennt diese App nicht',
    text: 'Er hat geantwortet, aber er hat keine App mit dieser ID.',
    next: 'Prüfen Sie die App-ID mit dem Betreiber des Servers.',
  },
  'server-unreachable': {
    title: 'Der Server ist nicht erreichbar',
    text: 'Sie sind offline, oder der Server ist es. Hier gespeicherte Schlüssel lassen sich weiter kopieren.',
    next: 'Prüfen Sie Ihre Verbindung, dann versuchen Sie es noch einmal.',
  },
  'server-untrusted': {
    title: 'Der Server konnte sich nicht ausweisen',
    text: 'Die sichere Verbindung ist gescheitert. Vielleicht gilt das Zertifikat für eine andere Adresse, oder Ihr System vertraut ihm nicht.',
    next: 'Prüfen Sie die Server-URL, und fragen Sie den Betreiber nach dem Zertifikat.',
  },
  'server-timeout': {
    title: 'Der Server hat zu lange gebraucht',
    text: 'Er hat nicht rechtzeitig geantwortet, deshalb wartet Latchkey nicht länger.',
    next: 'Versuchen Sie es gleich noch einmal.',
  },
  'server-error': {
    title: 'Der Server hat einen Fehler',
    text: 'Er hat geantwortet, dass bei ihm etwas nicht stimmt.',
    next: 'Versuchen Sie es gleich noch einmal, und sagen Sie es dem Betreiber, wenn es anhält.',
  },
  'server-redirected': {
    title: 'Der Server hat Latchkey anderswohin geschickt',
    text: 'Er leitete an eine andere Adresse um. Ihre Zugangsdaten gingen nicht dorthin.',
    next: 'Fragen Sie den Betreiber nach der richtigen Adresse, und verbinden Sie sich mit ihr.',
  },
  'answer-invalid': {
    title: 'Die Antwort des Servers ergibt keinen Sinn',
    text: 'Sie kommt nicht von einem App-Services-Server, deshalb hat Latchkey sie nicht benutzt.',
    next: 'Prüfen Sie die Server-URL, und ob ein Proxy oder eine Anmeldeseite dazwischensteht.',
  },
  'answer-too-large': {
    title: 'Die Antwort des Servers ist zu groß',
    text: 'Latchkey hat aufgehört, sie zu lesen, und hier wurde nichts geändert.',
    next: 'Prüfen Sie die Server-URL mit dem Betreiber.',
  },
}
