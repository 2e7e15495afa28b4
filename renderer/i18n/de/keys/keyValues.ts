import type { Catalogue } from '../../catalogue.ts'

export const keyValues: Catalogue['keys']['values'] = {
  here: { word: 'In Ihrem Schlüsselbund', short: 'Hier', text: 'Der Wert liegt im Schlüsselbund dieses Computers.' },
  inFile: {
    word: 'In Ihrem Passphrasen-Tresor',
    short: 'Hier',
    text: 'Der Wert liegt auf diesem Computer, in Ihrem Passphrasen-Tresor.',
  },
  locked: {
    word: 'Schlüsselbund nicht lesbar',
    short: 'Gesperrt',
    text: 'Der Wert liegt im Schlüsselbund dieses Computers, der jetzt nicht lesbar ist. Er ist nicht verloren: Ist der Schlüsselbund lesbar, ist er wieder da.',
  },
  sealed: {
    word: 'Noch nicht im Schlüsselbund',
    short: 'Versiegelt',
    text: 'Der Wert liegt sicher in der verschlüsselten Datei von Latchkey und kommt in den Schlüsselbund, sobald der erreichbar ist.',
  },
  elsewhere: {
    word: 'Nicht auf diesem Computer',
    short: 'Anderswo',
    text: 'Dieser Schlüssel wurde anderswo angelegt, und der Server zeigt einen Wert nur einmal. Holen Sie den Wert von dort, oder ersetzen Sie den Schlüssel: Er wird unter demselben Namen neu angelegt, mit einem Wert, der hier liegt.',
  },
  missing: {
    word: 'Aus dem Schlüsselbund verschwunden',
    short: 'Verschwunden',
    text: 'Der Wert lag im Schlüsselbund dieses Computers, und jemand oder etwas hat ihn entfernt. Stellen Sie den Schlüsselbund wieder her, holen Sie den Wert von dort, wo er benutzt wird, oder ersetzen Sie den Schlüssel.',
  },
  changed: {
    word: 'Im Schlüsselbund geändert',
    short: 'Geändert',
    text: 'Ein anderes Programm oder jemand hat diesen Eintrag im Schlüsselbund geändert. Latchkey gibt nicht heraus, was jetzt dort steht, denn gespeichert wurde ein anderer Wert. Setzen Sie im Schlüsselbund den alten Wert wieder ein und gleichen Sie ab, fügen Sie hier den richtigen hinzu, oder ersetzen Sie den Schlüssel.',
  },
  lost: {
    word: 'Wert nie angekommen',
    short: 'Nie angekommen',
    text: 'Der Server hat diesen Schlüssel angelegt, aber seine Antwort brach ab. Niemand hat den Wert. Ersetzen Sie den Schlüssel: Er wird unter demselben Namen neu angelegt. Oder löschen Sie ihn.',
  },
}
