import type { accountTexts as english } from '../../en/refusals/accounts.ts'

export const accountTexts: typeof english = {
  'not-allowed-anonymous': {
    title: 'Anonyme Konten können keine Schlüssel haben',
    text: 'Der Server gibt Schlüssel nur an Konten, die sich wieder anmelden können.',
    next: 'Fügen Sie diesem Konto zuerst eine E-Mail-Adresse und ein Passwort hinzu.',
  },
  'not-allowed-key-session': {
    title: 'Ein Schlüssel kann keine Schlüssel verwalten',
    text: 'Sie sind mit einem API-Schlüssel angemeldet, und der Server lässt keinen Schlüssel andere anlegen oder ändern.',
    next: 'Melden Sie sich mit E-Mail-Adresse und Passwort des Kontos an.',
  },
  'not-allowed': {
    title: 'Der Server erlaubt das nicht',
    text: 'Ihr Konto hat auf diesem Server kein Recht dazu.',
    next: 'Fragen Sie den Betreiber des Servers, oder nehmen Sie ein anderes Konto.',
  },
  'account-not-found': {
    title: 'Dieses Konto ist nicht auf diesem Computer',
    text: 'Es wurde vielleicht entfernt, während dieses Fenster offen war.',
    next: 'Fügen Sie das Konto im Kontomenü wieder hinzu.',
  },
  'account-exists': {
    title: 'Dieses Konto ist schon hier',
    text: 'Derselbe Benutzer desselben Servers steht in Ihrem Kontomenü.',
    next: 'Wählen Sie ihn im Kontomenü.',
  },
  'signed-out': {
    title: 'Sie sind abgemeldet',
    text: 'Dieses Konto hat keine offene Sitzung auf seinem Server. Hier gespeicherte Schlüssel lassen sich weiter kopieren.',
    next: 'Melden Sie sich wieder an, um fortzufahren.',
  },
  'session-ended': {
    title: 'Der Server hat Ihre Sitzung beendet',
    text: 'Sie ist abgelaufen oder wurde dort widerrufen, deshalb fragt der Server, wer Sie sind. Ihre Werte sind noch hier.',
    next: 'Melden Sie sich wieder an, um fortzufahren.',
  },
  'wrong-credentials': {
    title: 'Der Server hat das nicht angenommen',
    text: 'Er kennt diese Zugangsdaten nicht. Welcher Teil falsch ist, sagt er nicht.',
    next: 'Prüfen Sie sie, und ob Server-URL und App-ID die richtigen sind.',
  },
  'email-invalid': {
    title: 'Das ist keine E-Mail-Adresse',
    text: 'Der Server nimmt die Adresse so nicht an.',
    next: 'Schreiben Sie sie wie name@example.com.',
  },
  'email-taken': {
    title: 'Diese E-Mail-Adresse ist schon registriert',
    text: 'Auf dem Server gibt es ein Konto mit dieser Adresse.',
    next: 'Melden Sie sich damit an, oder nehmen Sie eine andere Adresse.',
  },
  'password-invalid': {
    title: 'Der Server nimmt dieses Passwort nicht an',
    text: 'Ein Passwort hat 6 bis 128 Zeichen.',
    next: 'Wählen Sie ein anderes Passwort.',
  },
  'email-unconfirmed': {
    title: 'Die E-Mail-Adresse ist noch nicht bestätigt',
    text: 'Der Server wartet, bis Sie dem Link in seiner Mail folgen.',
    next: 'Folgen Sie dem Link, dann melden Sie sich an.',
  },
  'mail-refused': {
    title: 'Der Server sendet keine solche Mail',
    text: 'Er sendet gar keine Mails, oder die Adresse braucht keine.',
    next: 'Melden Sie sich an, oder fragen Sie den Betreiber des Servers.',
  },
  'user-disabled': {
    title: 'Dieses Konto ist gesperrt',
    text: 'Der Betreiber des Servers hat das Konto abgeschaltet.',
    next: 'Fragen Sie den Betreiber, ob er es wieder einschaltet.',
  },
  'provider-off': {
    title: 'Diese Art der Anmeldung ist abgeschaltet',
    text: 'Der Server bietet sie für diese App nicht an.',
    next: 'Wählen Sie eine andere Art, oder fragen Sie den Betreiber des Servers.',
  },
  throttled: {
    title: 'Zu viele Versuche',
    text: 'Der Server beantwortet eine Weile keine Anmeldungen mehr.',
    next: 'Warten Sie einige Minuten, dann versuchen Sie es noch einmal.',
  },
}
