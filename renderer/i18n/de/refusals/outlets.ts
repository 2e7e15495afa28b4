import type { outletTexts as english } from '../../en/refusals/outlets.ts'

export const outletTexts: typeof english = {
  'approval-denied': {
    title: 'Sie haben abgelehnt',
    text: 'Die Anfrage wurde abgewiesen, und nichts wurde herausgegeben.',
    next: 'Fragen Sie noch einmal, und erlauben Sie es in dem Fenster, das erscheint.',
  },
  'approval-expired': {
    title: 'Niemand hat geantwortet',
    text: 'Eine Anfrage wartet eine Minute. Danach wird sie abgewiesen, und nichts wird herausgegeben.',
    next: 'Fragen Sie noch einmal, und antworten Sie in dem Fenster, das erscheint.',
  },
  'approval-busy': {
    title: 'Zu viele Anfragen',
    text: 'Es kamen mehr, als ein Mensch beantworten kann, deshalb wurde diese abgewiesen.',
    next: 'Beantworten Sie die wartenden, oder warten Sie einen Moment, dann fragen Sie noch einmal.',
  },
  'site-invalid': {
    title: 'Das ist keine Adresse einer Website',
    text: 'Ein Schlüssel wird auf Adressen mit https:// eingefüllt, mit http:// nur auf diesem Computer.',
    next: 'Schreiben Sie sie wie https://console.example.com.',
  },
  'site-refused': {
    title: 'Nicht auf dieser Seite',
    text: 'Es ist nicht die Website, der Port oder der Rahmen, für den dieser Schlüssel freigegeben ist.',
    next: 'Prüfen Sie die Adresse. Stimmt sie, geben Sie den Schlüssel im Menü der Erweiterung für diese Website frei.',
  },
  'key-ambiguous': {
    title: 'Mehr als ein Konto hat so einen Schlüssel',
    text: 'Der Name allein sagt nicht, welcher gemeint ist.',
    next: 'Nennen Sie auch das Konto, wie KONTO/SCHLÜSSEL.',
  },
  'request-invalid': {
    title: 'Diese Anfrage ergibt keinen Sinn',
    text: 'Das fragende Programm hat eine andere Version, oder es ist nicht, was es vorgibt.',
    next: 'Aktualisieren Sie Latchkey und seine Erweiterung, dann versuchen Sie es noch einmal.',
  },
  'agent-blocked': {
    title: 'Andere Programme erreichen Latchkey nicht',
    text: 'Etwas steht an der Stelle seines Sockets, oder andere dürfen in dessen Ordner schreiben. Der Befehl latchkey und die Erweiterungen der Browser bekommen keine Antwort.',
    next: 'Beenden Sie jedes Latchkey von Ihnen, melden Sie sich am Computer ab und wieder an, dann öffnen Sie Latchkey.',
  },
  'agent-unsupported': {
    title: 'Hier bekommt kein anderes Programm Antwort',
    text: 'Dieses System sagt Latchkey nicht, welches Programm fragt. Deshalb antwortet es keinem: weder dem Befehl latchkey noch der Erweiterung eines Browsers.',
    next: 'Nutzen Sie die Schnellsuche, oder kopieren Sie den Schlüssel hier.',
  },
  'pairing-needed': {
    title: 'Dieser Browser ist nicht gekoppelt',
    text: 'Seine Erweiterung muss bekannt sein, bevor sie etwas bekommt.',
    next: 'Öffnen Sie die Erweiterung und vergleichen Sie den Code, den beide zeigen.',
  },
  'pairing-refused': {
    title: 'Die Kopplung wurde abgelehnt',
    text: 'Die Codes wurden nicht auf beiden Seiten bestätigt, deshalb bleibt der Browser unbekannt.',
    next: 'Koppeln Sie noch einmal, und bestätigen Sie nur, wenn beide denselben Code zeigen.',
  },
  'pairing-attempts': {
    title: 'Zu viele Kopplungen wurden begonnen',
    text: 'Fünf Kopplungen wurden in zehn Minuten begonnen und nicht bestätigt. Jede ist ein Versuch, einen Code zu erraten. Deshalb nimmt Latchkey vorerst keine mehr an.',
    next: 'Warten Sie zehn Minuten, dann koppeln Sie noch einmal. Wenn Sie sie nicht begonnen haben, war es ein anderes Programm: Finden Sie heraus, welches, bevor Sie koppeln.',
  },
  'browser-unknown': {
    title: 'Diesen Browser gibt es hier nicht',
    text: 'Latchkey hat in Ihrem Profil keinen Ordner von ihm gefunden.',
    next: 'Starten Sie den Browser einmal, dann versuchen Sie es noch einmal.',
  },
  'browser-unwritable': {
    title: 'Latchkey lässt sich dort nicht eintragen',
    text: 'Der Ordner des Browsers dafür ist ein Verweis, gehört jemand anderem oder enthält unter dem Namen Latchkey die Datei eines anderen Programms.',
    next: 'Bringen Sie diesen Ordner in Ordnung, dann versuchen Sie es noch einmal.',
  },
  'typing-unavailable': {
    title: 'Auf diesem Desktop kann Latchkey nicht tippen',
    text: 'Es hat hier keinen Weg, in ein anderes Fenster zu tippen.',
    next: 'Kopieren Sie den Schlüssel stattdessen, und fügen Sie ihn dort ein, wo er hingehört.',
  },
  'typing-untypable': {
    title: 'Dieser Wert lässt sich nicht tippen',
    text: 'Er enthält ein Zeichen, das keine Taste ergibt.',
    next: 'Kopieren Sie den Schlüssel stattdessen, und fügen Sie ihn dort ein, wo er hingehört.',
  },
  'target-none': {
    title: 'Es gibt kein Fenster zum Hineintippen',
    text: 'Kein Fenster eines anderen Programms war aktiv.',
    next: 'Klicken Sie zuerst in das Feld, dann öffnen Sie die Schnellsuche.',
  },
  'target-browser': {
    title: 'Dieses Fenster ist ein Browser',
    text: 'Darin könnte jede Seite sein, und das Fenster sagt nicht, welche.',
    next: 'Füllen Sie den Schlüssel mit der Erweiterung ein: Sie prüft die Website.',
  },
  'target-changed': {
    title: 'Ein anderes Fenster kam nach vorn',
    text: 'Latchkey hörte sofort auf zu tippen. Ein Teil des Werts steht vielleicht im ersten Fenster.',
    next: 'Leeren Sie das Feld dort, dann versuchen Sie es noch einmal.',
  },
  'keys-held': {
    title: 'Eine Taste war gedrückt',
    text: 'Zusammen mit dem Wert könnte sie dort etwas anderes auslösen, deshalb wurde nichts getippt.',
    next: 'Lassen Sie alle Tasten los, dann versuchen Sie es noch einmal.',
  },
}
