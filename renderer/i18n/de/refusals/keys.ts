import type { keyTexts as english } from '../../en/refusals/keys.ts'

export const keyTexts: typeof english = {
  'name-invalid': {
    title: 'Dieser Name ist nicht möglich',
    text: 'Der Name eines Schlüssels hat 1 bis 64 Zeichen: Buchstaben A–Z, Ziffern, Binde- und Unterstrich.',
    next: 'Ändern Sie den Namen und versuchen Sie es noch einmal.',
  },
  'name-taken': {
    title: 'Sie haben schon einen Schlüssel dieses Namens',
    text: 'Namen gibt es in einem Konto nur einmal, und ein zweiter Schlüssel wurde nicht angelegt.',
    next: 'Wählen Sie einen anderen Namen, oder löschen Sie zuerst den anderen Schlüssel.',
  },
  'name-mismatch': {
    title: 'Der Name stimmt nicht',
    text: 'Ihre Eingabe ist nicht der Name dieses Schlüssels, deshalb ist nichts geschehen.',
    next: 'Geben Sie den Namen genau so ein, wie er dasteht.',
  },
  'quota-reached': {
    title: 'Alle Schlüssel dieses Kontos sind vergeben',
    text: 'Der Server erlaubt jedem Konto eine feste Zahl von Schlüsseln, deaktivierte zählen mit.',
    next: 'Löschen Sie einen Schlüssel, den Sie nicht mehr brauchen, dann legen Sie diesen an.',
  },
  'key-not-found': {
    title: 'Diesen Schlüssel gibt es nicht',
    text: 'Der Server kennt ihn nicht. Vielleicht wurde er von einem anderen Computer aus gelöscht.',
    next: 'Gleichen Sie ab, um die Schlüssel zu sehen, wie sie jetzt sind.',
  },
  'value-elsewhere': {
    title: 'Der Wert ist auf einem anderen Computer',
    text: 'Der Server zeigt einen Wert einmal, dem Computer, der den Schlüssel anlegt. Auf diesem war er nie.',
    next: 'Fügen Sie den Wert hier hinzu, oder ersetzen Sie den Schlüssel.',
  },
  'value-missing': {
    title: 'Der Wert ist aus Ihrem Schlüsselbund verschwunden',
    text: 'Er war hier gespeichert, aber der Schlüsselbund hat ihn nicht mehr, und der Server kann ihn nicht noch einmal zeigen.',
    next: 'Stellen Sie den Schlüsselbund wieder her, fügen Sie den Wert neu hinzu, oder ersetzen Sie den Schlüssel.',
  },
  'value-lost': {
    title: 'Der Wert ist nie angekommen',
    text: 'Der Server hat den Schlüssel angelegt, aber seine Antwort brach ab. Niemand hat den Wert.',
    next: 'Ersetzen Sie den Schlüssel: Er wird unter demselben Namen neu angelegt.',
  },
  'value-too-large': {
    title: 'Der Wert ist zu groß für Ihren Schlüsselbund',
    text: 'Ihr Schlüsselbund nimmt keinen Wert dieser Länge. Er bleibt versiegelt in der verschlüsselten Datei von Latchkey.',
    next: 'Kopieren Sie ihn von hier, und fragen Sie den Betreiber des Servers nach kürzeren Schlüsseln.',
  },
  'creation-unsettled': {
    title: 'Ein früherer Versuch ist noch offen',
    text: 'Ein Schlüssel dieses Namens wurde gerade angelegt, als die Verbindung abbrach. Vielleicht gibt es ihn schon.',
    next: 'Warten Sie eine Minute, denn der Server ist vielleicht noch dabei. Gleichen Sie dann ab, um es zu erfahren.',
  },
  'value-refused': {
    title: 'Der Server lehnt diesen Wert ab',
    text: 'Eine Anmeldung damit schlug fehl, deshalb wurde er nicht gespeichert. Vielleicht ist er abgeschnitten oder gehört zu einem gelöschten Schlüssel.',
    next: 'Kopieren Sie den ganzen Wert noch einmal und fügen Sie ihn hier ein.',
  },
  'value-other-account': {
    title: 'Dieser Wert öffnet ein anderes Konto',
    text: 'Die Anmeldung gelang, aber als anderer Benutzer. Deshalb wurde der Wert nicht bei diesem Schlüssel gespeichert.',
    next: 'Wechseln Sie zu jenem Konto, oder fügen Sie den Wert dieses Schlüssels ein.',
  },
  'value-other-key': {
    title: 'Das ist der Wert eines anderen Schlüssels',
    text: 'Die Anmeldung gelang, aber mit einem anderen Schlüssel dieses Kontos. Deshalb wurde der Wert hier nicht gespeichert.',
    next: 'Wählen Sie den anderen Schlüssel und fügen Sie ihn dort hinzu, oder nehmen Sie den Wert von diesem.',
  },
  'value-other-server': {
    title: 'Dieser Schlüssel gehört zu einem anderen Server',
    text: 'Der Wert eines gespeicherten Schlüssels wird nur an seinen eigenen Server und dessen App gesendet. Es wurde nichts gesendet.',
    next: 'Wählen Sie einen Schlüssel dieses Servers und dieser App, oder melden Sie sich anders an.',
  },
  'value-unproved': {
    title: 'Das kann der Wert eines anderen Schlüssels sein',
    text: 'Die Anmeldung gelang, aber der Server sagt nicht, mit welchem Schlüssel. Dieser Schlüssel hat hier einen Wert, deshalb wurde nichts ersetzt.',
    next: 'Prüfen Sie den Wert, der hier ist. Ist er falsch, ersetzen Sie den Schlüssel: Er wird unter demselben Namen neu angelegt.',
  },
  'value-unreadable': {
    title: 'Das lässt sich nicht als Wert speichern',
    text: 'Es ist leer oder enthält Zeichen, die kein Programm lesen könnte. Gespeichert wurde nichts.',
    next: 'Kopieren Sie den Wert noch einmal als Text und fügen Sie ihn hier ein.',
  },
  'value-too-long': {
    title: 'Der Wert ist länger, als Ihr Schlüsselbund annimmt',
    text: 'Gespeichert wurde nichts.',
    next: 'Verwenden Sie einen Tresor mit Passphrase, der bis zu 16.384 Bytes annimmt, oder lassen Sie den Wert in einer Datei.',
  },
  'key-disabled': {
    title: 'Dieser Schlüssel ist deaktiviert',
    text: 'Der Server lehnt Anmeldungen mit ihm ab, deshalb lässt sich sein Wert nicht prüfen.',
    next: 'Aktivieren Sie den Schlüssel, dann fügen Sie seinen Wert hinzu.',
  },
  'change-not-found': {
    title: 'Diese Änderung wartet nicht mehr',
    text: 'Sie wurde ausgeführt oder aufgegeben, während dieses Fenster offen war.',
    next: 'Sehen Sie in die Liste: Sie zeigt den Schlüssel, wie er jetzt ist.',
  },
  'notes-invalid': {
    title: 'Diese Notizen lassen sich nicht speichern',
    text: 'Notizen haben bis zu 2.000 Zeichen, in Zeilen aus reinem Text.',
    next: 'Kürzen Sie sie, oder legen Sie den langen Text in eine Datei.',
  },
  'tags-invalid': {
    title: 'Diese Schlagwörter lassen sich nicht speichern',
    text: 'Ein Schlüssel hat bis zu 10 Schlagwörter mit je bis zu 32 Zeichen. Kommas trennen sie.',
    next: 'Kürzen oder entfernen Sie ein Schlagwort.',
  },
  'user-invalid': {
    title: 'Dieser Benutzer lässt sich nicht speichern',
    text: 'Benutzer oder Konto sind eine Zeile mit bis zu 128 Zeichen.',
    next: 'Kürzen Sie die Angabe, oder schreiben Sie den Rest in die Notizen.',
  },
  'expires-invalid': {
    title: 'Diesen Tag gibt es nicht',
    text: 'Der letzte Tag eines Schlüssels ist ein Tag des Kalenders.',
    next: 'Wählen Sie einen anderen Tag, oder lassen Sie das Feld leer.',
  },
  'renewal-invalid': {
    title: 'Diese Adresse lässt sich nicht speichern',
    text: 'Die Adresse, unter der Sie einen Schlüssel erneuern, beginnt mit https:// und enthält kein Passwort.',
    next: 'Kopieren Sie die Adresse aus Ihrem Browser, oder lassen Sie das Feld leer.',
  },
  'renewal-unknown': {
    title: 'Es ist nicht notiert, wo dieser Schlüssel erneuert wird',
    text: 'Latchkey kennt auch keine Adresse seines Dienstes.',
    next: 'Ergänzen Sie die Adresse unter „Angaben bearbeiten“.',
  },
}
