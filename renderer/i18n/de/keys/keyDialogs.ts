import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count, number } = formsOf('de-DE')

const past = { create: 'angelegt', enable: 'aktiviert', disable: 'deaktiviert', delete: 'gelöscht' } as const
const until = {
  online: '',
  checking: 'sobald online',
  offline: 'sobald online',
  unreachable: 'sobald der Server antwortet',
  'signed-out': 'sobald Sie angemeldet sind',
} as const

export const keyDialogs: Catalogue['keyDialogs'] = {
  create: {
    unknown: 'Noch nicht bekannt',
    title: 'Neuer Schlüssel',
    ready: (key) => `${key} ist bereit`,
    created: (key) => `Schlüssel ${key} angelegt`,
    unanswered: (key) => `Der Server wurde um ${key} gebeten, und seine Antwort kam nicht an. Vielleicht hat er den Schlüssel angelegt.`,
    lookedFor: (replace) =>
      `Latchkey sucht ihn beim nächsten Abgleich. Gibt es den Schlüssel, steht er in der Liste, und ${replace} gibt ihm einen Wert, den Sie haben.`,
    replace: 'Ersetzen',
    name: 'Name',
    hint: 'Nach dem Programm benennen, das ihn benutzt. Buchstaben, Ziffern, -\u00a0und\u00a0_.',
    noting: 'Der Schlüssel wird vorgemerkt\u00a0…',
    creating: 'Der Schlüssel wird angelegt, sein Wert gespeichert\u00a0…',
    left: (left, limit) =>
      left === 1
        ? `Das ist der letzte von ${number(limit)} Schlüsseln, die dieses Konto haben kann.`
        : `Noch ${number(left)} von ${number(limit)} Schlüsseln, die dieses Konto haben kann, sind frei.`,
    tryNow: 'Jetzt versuchen',
    later: 'Anlegen, sobald online',
    create: 'Schlüssel anlegen',
    storeInstead: 'Vorhandenen speichern',
  },
  names: {
    missing: 'Ein Schlüssel braucht einen Namen.',
    stranger: (what) => `Ein Name kann ${what} nicht enthalten. Erlaubt sind A–Z, a–z, 0–9, - und _.`,
    long: (most, has) => `Ein Name hat höchstens ${number(most)} Zeichen. Dieser hat ${number(has)}.`,
    taken: 'Sie haben schon einen Schlüssel dieses Namens.',
    waiting: 'Ein Schlüssel dieses Namens wartet auf seine Anlage.',
    lookalike: (other) => `Zu nah an „${other}“: Nur Groß- und Kleinschreibung unterscheidet sie.`,
    spaces: 'Leerzeichen',
    quoted: (character) => `„${character}“`,
    unseen: 'unsichtbare Zeichen',
  },
  ready: {
    os: 'In Ihrem Schlüsselbund gespeichert. Kopieren Sie ihn jetzt oder später.',
    passphrase: 'In Ihrem Passphrasen-Tresor gespeichert. Kopieren Sie ihn jetzt oder später.',
    guarded: 'In Ihrem Schlüsselbund gespeichert, unter Ihrer Passphrase. Kopieren Sie ihn jetzt oder später.',
  },
  notNow: {
    offline: 'Sie sind offline',
    away: 'Der Server ist jetzt nicht zu erreichen',
    text: 'Ohne den Server entsteht kein Schlüssel: Er macht den Wert. Latchkey kann ihn anlegen, sobald der Server antwortet, den Wert dann speichern und Ihnen Bescheid geben.',
  },
  confirm: {
    type: (name) => `Zur Bestätigung „${name}“ eingeben`,
  },
  remove: {
    done: (key) => `${key} gelöscht`,
    title: (key) => `${key} löschen?`,
    word: 'Schlüssel löschen',
    text: {
      os: 'Programme, die diesen Schlüssel benutzen, können sich nicht mehr anmelden, auf keinem Computer. Sein Wert wird aus dem Schlüsselbund dieses Computers entfernt. Das lässt sich nicht rückgängig machen; Deaktivieren schon.',
      passphrase:
        'Programme, die diesen Schlüssel benutzen, können sich nicht mehr anmelden, auf keinem Computer. Sein Wert wird aus Ihrem Passphrasen-Tresor entfernt. Das lässt sich nicht rückgängig machen; Deaktivieren schon.',
    },
    later:
      'Der Server ist jetzt nicht zu erreichen: Der Schlüssel wird gelöscht, sobald es geht, und bis dahin können Sie es zurücknehmen.',
  },
  replace: {
    done: (key) => `${key} ersetzt`,
    replaced: (key) => `${key} hat einen neuen Wert`,
    halfway: (key) => `${key} ist gelöscht, noch nicht ersetzt`,
    coming: (what) => `Der alte Schlüssel ist gelöscht. Der neue: ${what}.`,
    none: 'Der alte Schlüssel ist gelöscht, und kein neuer wurde angelegt. Legen Sie einen Schlüssel desselben Namens an.',
    create: (key) => `${key} anlegen\u00a0…`,
    title: (key) => `${key} ersetzen?`,
    word: 'Schlüssel ersetzen',
    first: 'Der alte Schlüssel wird auf dem Server gelöscht.',
    second: 'Ein neuer desselben Namens wird angelegt.',
    third: {
      os: 'Sein Wert wird in Ihrem Schlüsselbund gespeichert.',
      passphrase: 'Sein Wert wird in Ihrem Passphrasen-Tresor gespeichert.',
    },
    text: 'Programme mit dem alten Wert können sich nicht mehr anmelden, bis Sie ihnen den neuen geben. Das lässt sich nicht rückgängig machen.',
    unreachable: 'Ersetzen braucht den Server, und der ist jetzt nicht zu erreichen. Nichts wurde gelöscht.',
    busy: 'Der Schlüssel wird ersetzt, sein Wert gespeichert\u00a0…',
  },
  add: {
    done: {
      os: (key) => `Wert von ${key} im Schlüsselbund gespeichert`,
      passphrase: (key) => `Wert von ${key} im Passphrasen-Tresor gespeichert`,
    },
    title: (key) => `Wert von ${key} hinzufügen`,
    text: {
      os: 'Fügen Sie den Wert von dort ein, wo er benutzt wird. Latchkey meldet sich einmal damit an, um zu prüfen, dass er dieses Konto öffnet, und speichert ihn erst dann in Ihrem Schlüsselbund.',
      passphrase:
        'Fügen Sie den Wert von dort ein, wo er benutzt wird. Latchkey meldet sich einmal damit an, um zu prüfen, dass er dieses Konto öffnet, und speichert ihn erst dann in Ihrem Passphrasen-Tresor.',
    },
    value: 'Wert',
    noun: 'Wert',
    hint: 'Leerzeichen außen herum fallen weg.',
    busy: 'Anmeldung mit dem Wert\u00a0…',
    add: 'Prüfen und speichern',
  },
  addSite: {
    done: (site) => `${site} hinzugefügt`,
    title: (key) => `${key} auf einer Website benutzen`,
    about:
      'Die Erweiterung des Browsers bietet diesen Schlüssel dort an und füllt ihn ein, wenn Sie es wollen. Von selbst wird nichts eingefüllt.',
    address: 'Adresse',
    hint: 'Der Seite, auf die der Schlüssel gehört. Der Pfad spielt keine Rolle.',
    at: (origin) => `Auf ${origin}: nur dieser Host und Port.`,
    atAndBelow: (origin) => `Auf ${origin}: dieser Host und Port, und darunter.`,
    wider: (domain) => `Auch auf jeder Website unter ${domain}`,
    widerHint: 'Für eine Konsole, die zwischen Subdomains wechselt. Wer eine davon betreibt, kann nach diesem Schlüssel fragen.',
    add: 'Website hinzufügen',
  },
  trash: {
    title: 'Papierkorb',
    empty:
      'Der Papierkorb ist leer. Werte von Schlüsseln, die der Server nicht mehr hat, bleiben hier eine Weile liegen, und Werte, die Sie ersetzt haben.',
    emptyStored: 'Der Papierkorb ist leer. Ändern Sie den Wert eines Schlüssels, bleiben die zehn davor hier eine Weile liegen.',
    aboutStored:
      'Frühere Werte gespeicherter Schlüssel, von jedem die letzten zehn. Sie bleiben eine Weile liegen, falls einer noch einmal gebraucht wird.',
    about:
      'Werte von Schlüsseln, die der Server nicht mehr hat, und Werte, die Sie ersetzt haben. Sie bleiben eine Weile liegen, falls einer noch einmal gebraucht wird, etwa wenn ein Server aus einer Sicherung wiederhergestellt wird.',
  },
  left: {
    useAgain: 'Wieder verwenden',
    useAgainOf: (key) => `Wieder verwenden: dieser Wert von ${key}`,
    replaced: 'Ersetzt',
    done: (key) => `Wert von ${key} endgültig gelöscht`,
    gone: 'Vom Server verschwunden',
    kept: 'aufbewahrt mindestens bis',
    sure: (key) => `Wert von ${key} endgültig löschen?`,
    question: 'Niemand kann diesen Wert noch einmal zeigen. Endgültig löschen?',
    forGood: 'Endgültig löschen',
    copyOf: (key) => `Wert von ${key} kopieren`,
    revealOf: (key) => `Wert von ${key} anzeigen`,
    hideOf: (key) => `Wert von ${key} verbergen`,
    reveal: 'Anzeigen',
    deleteNow: 'Jetzt löschen\u00a0…',
    deleteOf: (key) => `Jetzt löschen\u00a0…: Wert von ${key}`,
  },
  waiting: {
    title: 'Wartende Änderungen',
    none: 'Nichts wartet. Der Server kennt jede Änderung.',
    about: 'Sie sind auf diesem Computer sicher und werden in dieser Reihenfolge ausgeführt, sobald der Server zu erreichen ist.',
    noted: 'Vorgemerkt',
    sentOnes:
      'Eine, um die schon gebeten wurde, kann ausgeführt sein, obwohl die Antwort nie kam. Abbrechen hält Latchkey nur davon ab, noch einmal zu fragen; der nächste Abgleich zeigt, was der Server getan hat.',
    kinds: {
      create: (key) => `${key} anlegen`,
      enable: (key) => `${key} aktivieren`,
      disable: (key) => `${key} deaktivieren`,
      delete: (key) => `${key} löschen`,
    },
    sent: {
      create: 'Um Erstellung gebeten, Antwort unbekannt',
      enable: 'Um Aktivierung gebeten, Antwort unbekannt',
      disable: 'Um Deaktivierung gebeten, Antwort unbekannt',
      delete: 'Um Löschung gebeten, Antwort unbekannt',
    },
    will: (kind, connection) => (connection === 'online' ? `Wird gerade ${past[kind]}` : `Wird ${past[kind]}, ${until[connection]}`),
    notice: (key, what, sent) => (sent ? `${key}: ${what}` : `${key} ${what.charAt(0).toLowerCase()}${what.slice(1)}`),
    count: (changes) => count(changes, { one: 'Änderung wartet', other: 'Änderungen warten' }),
  },
}
