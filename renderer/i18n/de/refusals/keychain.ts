import type { keychainTexts as english } from '../../en/refusals/keychain.ts'

export const keychainTexts: typeof english = {
  'keychain-locked': {
    title: 'Ihr Schlüsselbund ist gesperrt',
    text: 'Latchkey bewahrt seine Schlüssel darin auf und kommt ohne ihn nicht weiter.',
    next: 'Entsperren Sie den Schlüsselbund, dann versuchen Sie es noch einmal.',
  },
  'keychain-absent': {
    title: 'Die Anmeldung des Tresors ist nicht im Schlüsselbund',
    text: 'Latchkey hat sie dort abgelegt, als es den Tresor anlegte, und etwas hat sie entfernt. Die gespeicherten Werte sind unberührt.',
    next: 'Holen Sie sie aus einer Sicherung des Schlüsselbunds zurück, dann versuchen Sie es noch einmal.',
  },
  'keychain-unavailable': {
    title: 'Kein Schlüsselbund antwortet',
    text: 'Latchkey bewahrt Werte im Schlüsselbund Ihres Systems auf, und in dieser Sitzung antwortet keiner.',
    next: 'Starten Sie den Schlüsselbund Ihres Systems, dann versuchen Sie es noch einmal. Die Schlüsselbund-Diagnose sagt, wie.',
  },
  'keychain-denied': {
    title: 'Der Schlüsselbund hat abgelehnt',
    text: 'Ihr System ließ Latchkey nicht an seinen Eintrag: Die Anfrage wurde abgewiesen oder ist verboten.',
    next: 'Versuchen Sie es noch einmal, und erlauben Sie es Latchkey, wenn Ihr System fragt.',
  },
  'keychain-timeout': {
    title: 'Der Schlüsselbund hat zu lange gebraucht',
    text: 'Vielleicht fragt Ihr System etwas hinter einem anderen Fenster.',
    next: 'Suchen Sie die Frage und beantworten Sie sie, dann versuchen Sie es noch einmal.',
  },
  'keychain-mismatch': {
    title: 'Der Schlüsselbund gab etwas anderes zurück',
    text: 'Gelesen wurde nicht, was gespeichert wurde. Latchkey verlässt sich nicht darauf. Seine eigenen Dateien sind unberührt.',
    next: 'Untersuchen Sie den Schlüsselbund mit der Schlüsselbund-Diagnose, dann versuchen Sie es noch einmal.',
  },
  'keychain-damaged': {
    title: 'Eine Liste im Schlüsselbund ist beschädigt',
    text: 'Latchkey hat dort eine Liste Ihrer Konten und gespeicherten Werte, und sie ist nicht mehr, wie sie geschrieben wurde. Ihre Werte sind unberührt.',
    next: 'Sperren Sie Latchkey und öffnen Sie es wieder. Ist der Tresor dann nur lesbar, reparieren Sie ihn.',
  },
  'keychain-reset': {
    title: 'Der Schlüsselbund wurde zurückgesetzt',
    text: 'Der Schlüssel zu den Dateien dieses Tresors ist nicht mehr darin. Die Dateien sind unberührt.',
    next: 'Stellen Sie den Schlüsselbund aus einer Sicherung wieder her, wenn Sie eine haben, dann versuchen Sie es noch einmal.',
  },
  'keychain-library-missing': {
    title: 'Der Weg zum Schlüsselbund fehlt',
    text: 'Eine Bibliothek, durch die Latchkey den Schlüsselbund erreicht, lässt sich nicht laden. Unter Linux ist das libsecret.',
    next: 'Installieren Sie sie, dann öffnen Sie Latchkey neu. Die Schlüsselbund-Diagnose hat den Befehl.',
  },
  'passphrase-needed': {
    title: 'Passphrase eingeben',
    text: 'Nur Ihre Passphrase öffnet diesen Tresor.',
    next: 'Geben Sie die Passphrase ein, die Sie dafür gewählt haben.',
  },
  'passphrase-wrong': {
    title: 'Das ist nicht die Passphrase',
    text: 'Der Tresor ging nicht auf, und nichts darin wurde geändert.',
    next: 'Versuchen Sie es noch einmal. Prüfen Sie die Feststelltaste und die Sprache Ihrer Tastatur.',
  },
  'passphrase-wait': {
    title: 'Zu viele falsche Passphrasen',
    text: 'Nach jeder weiteren wartet Latchkey länger. Nichts wurde geändert, und nichts wird gelöscht.',
    next: 'Warten Sie, bis die Zeit um ist, dann versuchen Sie es noch einmal.',
  },
  'passphrase-weak': {
    title: 'Diese Passphrase ist zu leicht zu erraten',
    text: 'Wer die Datei hat, könnte beliebig lange Passphrasen an ihr ausprobieren.',
    next: 'Nehmen Sie mindestens 12 Zeichen. Vier oder fünf Wörter ohne Zusammenhang sind gut.',
  },
}
