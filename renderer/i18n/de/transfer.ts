import type { transfer as english } from '../en/transfer.ts'
import { formsOf } from '../forms.ts'
import { imports } from './imports.ts'

const { count, number } = formsOf('de')
const keys = { one: 'Schlüssel', other: 'Schlüssel' }
const values = { one: 'Wert', other: 'Werte' }
const accounts = { one: 'Konto', other: 'Konten' }

export const transfer: typeof english = {
  title: 'Sichern und übertragen',
  choices: {
    backUp: 'Diesen Tresor sichern',
    backUpHint: 'Eine verschlüsselte Datei mit allem: Konten, Schlüsseln, Werten, Einstellungen und Protokoll.',
    verifyBackup: 'Eine Sicherung erproben',
    verifyBackupHint: 'Spielt sie für einen Moment zurück und vergleicht sie mit diesem Tresor, der bleibt, wie er ist.',
    import: 'Werte einlesen',
    importHint: 'Aus Dateien wie .env, .npmrc oder den Zugangsdaten von AWS, oder aus einem Browser oder Passwortmanager.',
    export: 'Im Klartext ausgeben',
    exportHint: 'Werte als JSON, .env oder Credential Exchange Format, lesbar für alle, die die Datei bekommen.',
  },
  passphrase: {
    label: 'Passphrase der Sicherung',
    grave: 'Niemand kann die Passphrase zurücksetzen. Ohne sie lässt sich die Sicherung nicht öffnen.',
  },
  backUp: {
    title: 'Diesen Tresor sichern',
    everything: 'Alles kommt hinein, auch die Werte. Sitzungen nicht: Anderswo melden Sie sich bei Ihren Servern neu an.',
    elsewhere: 'Bewahren Sie sie anderswo auf als auf diesem Computer.',
    start: 'Ort wählen und sichern\u00a0…',
    reading: (done, total) => `Werte lesen: ${number(done)} von ${number(total)}\u00a0…`,
    working: 'Sicherung anlegen und prüfen\u00a0…',
    stopping: 'Wird angehalten\u00a0…',
    stopped: 'Angehalten. Es wurde keine Sicherung angelegt.',
    done: 'Die Sicherung ist angelegt',
    holds: (amounts) =>
      `${count(amounts.accounts, accounts)}, ${count(amounts.keys, keys)} und ${count(amounts.values, values)}, zurückgelesen und heil.`,
    file: (file) => `Sie liegt in ${file}.`,
    missing: (amount) =>
      `${count(amount, values)} ${amount === 1 ? 'ließ sich nicht lesen und fehlt' : 'ließen sich nicht lesen und fehlen'} darin:`,
    tryIt: 'Jetzt erproben',
  },
  verifyBackup: {
    title: 'Eine Sicherung erproben',
    intro: 'Die Sicherung wird in einen Tresor für den Moment zurückgespielt und mit diesem verglichen. Geändert wird nichts.',
    chooseFile: 'Sicherung wählen\u00a0…',
    anotherFile: 'Andere Datei\u00a0…',
    madeAt: (file, when) => `${file}, angelegt ${when}`,
    start: 'Erproben',
    working: 'Öffnen, zurückspielen und vergleichen\u00a0…',
    equal: 'Die Sicherung lässt sich öffnen und gleicht diesem Tresor',
    differs: 'Die Sicherung lässt sich öffnen und weicht von diesem Tresor ab',
    differsHint: 'Was sich seither geändert hat, steht nicht darin. Eine neue hat alles.',
    columns: {
      part: 'Was',
      equal: 'Gleich',
      different: 'Anders',
      onlyInVault: 'Nur in diesem Tresor',
      onlyInBackup: 'Nur in der Sicherung',
    },
    parts: {
      accounts: 'Konten',
      keys: 'Schlüssel',
      values: 'Werte',
      sites: 'Websites',
      approvals: 'Freigaben',
      browsers: 'Browser',
      changes: 'Wartende Änderungen',
      journal: 'Protokollzeilen',
    },
    backend: {
      equal: 'Der Tresor auf diesem Computer ließ sich aus der Sicherung öffnen und führt dieselben Schlüssel.',
      different: 'Der Tresor auf diesem Computer ließ sich aus der Sicherung öffnen und führt andere Schlüssel als hier.',
    },
    again: 'Eine andere erproben',
  },
  restore: {
    choice: 'Aus einer Sicherung zurückspielen',
    choiceHint: 'Alles von einem anderen Computer, aus einer verschlüsselten Datei.',
    title: 'Aus einer Sicherung zurückspielen',
    intro:
      'Konten, Schlüssel, Werte, Einstellungen und Protokoll kommen zurück, wie sie waren. Bei Ihren Servern melden Sie sich neu an, und Ihre Browser koppeln Sie neu. Freigaben kommen nicht zurück, da Sie sie seither widerrufen haben können; jede Website fragt wieder. Änderungen, die noch ausstanden, werden nicht ausgeführt; die Neuigkeiten nennen sie. Ist hier mehr geschehen als Öffnungen, geht das Protokoll dieses Tresors weiter, und das der Sicherung bleibt in deren Datei.',
    start: 'Zurückspielen',
    working: 'Öffnen und zurückspielen\u00a0…',
    done: 'Zurückgespielt. Konten, Schlüssel und Werte sind da. Koppeln Sie Ihre Browser neu; jede Website fragt noch einmal.',
    doneWithoutSettings: (why: string) =>
      `Zurückgespielt. Konten, Schlüssel und Werte sind da; nur die Einstellungen ließen sich nicht speichern: ${why}.`,
  },
  import: imports,
  export: {
    title: 'Im Klartext ausgeben',
    warning: 'Wer die Datei lesen kann, hat die Werte. Gleich verwenden, dann löschen.',
    scope: 'Welche Werte',
    scopes: { account: 'Dieses Konto', all: 'Alle Konten' },
    format: 'Format',
    formats: { json: 'JSON', env: '.env', cxf: 'Credential Exchange' },
    amount: (keys) =>
      keys === 0 ? 'Hier sind keine Werte auszugeben.' : `${count(keys, values)} ${keys === 1 ? 'kommt' : 'kommen'} in die Datei.`,
    without: (amount) => `${count(amount, keys)} ohne Wert auf diesem Computer ${amount === 1 ? 'bleibt' : 'bleiben'} weg.`,
    passphrase: 'Ihre Passphrase',
    type: (name) => `Zur Bestätigung „${name}“ eingeben`,
    wait: (seconds) => `Möglich in ${count(seconds, { one: 'Sekunde', other: 'Sekunden' })}\u00a0…`,
    why: 'Ihr Schlüsselbund ist offen und hat keine eigene Passphrase, nach der sich fragen ließe. Eine Wartezeit und ein Name treten an ihre Stelle.',
    start: 'Ort wählen und ausgeben\u00a0…',
    working: 'Lesen und schreiben\u00a0…',
    done: (amount, file) =>
      `${count(amount, values)} nach ${file} ausgegeben, nur für Ihren Benutzer lesbar. Löschen, sobald die Datei nicht mehr gebraucht wird.`,
    leftOut: (amount) =>
      `${count(amount, values)} ${amount === 1 ? 'steht' : 'stehen'} nicht darin: Programme würden ${amount === 1 ? 'ihn' : 'sie'} aus einer .env-Datei verschieden lesen. Als JSON ${amount === 1 ? 'ist er' : 'sind sie'} dabei.`,
  },
  values: {
    name: 'Gespeicherte Werte',
    place: 'Von anderswo, ohne Server',
    connection: 'Werte ohne Server',
    state: 'Gespeichert',
    unverified: 'Ungeprüft: Kein Server lässt sich fragen',
    none: 'Einen Wert wählen, um ihn zu sehen.',
    empty: 'Es gibt keine gespeicherten Werte mehr.',
    importMore: 'Einlesen\u00a0…',
    prove: 'Den Schlüssel finden, zu dem er gehört',
    proveHint: 'Eine Anmeldung bei einem Ihrer Server weist nach, welcher es ist. Der Wert zieht dann dorthin um.',
    proveButton: 'Nachweisen\u00a0…',
    change: 'Den Wert ändern',
    changeHint: 'Seiten und Freigaben bleiben. Der Wert davor kommt in den Papierkorb.',
    changeButton: 'Wert ändern\u00a0…',
    rename: 'Umbenennen',
    renameHint: 'Seiten und Freigaben bleiben.',
    renameButton: 'Umbenennen\u00a0…',
    remove: 'Diesen Wert entfernen',
    removeHint: {
      os: 'Er verschwindet endgültig aus dem Schlüsselbund dieses Computers.',
      passphrase: 'Er verschwindet endgültig aus Ihrem Passphrasen-Tresor.',
    },
    removeButton: 'Entfernen\u00a0…',
    removeTitle: (name) => `${name} entfernen?`,
    removeText: {
      os: 'Der Wert und seine früheren Werte werden aus dem Schlüsselbund dieses Computers entfernt. Kein Server kann sie wieder zeigen. Das lässt sich nicht rückgängig machen.',
      passphrase:
        'Der Wert und seine früheren Werte werden aus Ihrem Passphrasen-Tresor entfernt. Kein Server kann sie wieder zeigen. Das lässt sich nicht rückgängig machen.',
    },
    removeNow: 'Wert entfernen',
    removed: (name) => `${name} entfernt`,
    forget: 'Alle gespeicherten Werte entfernen?',
    forgetText: {
      os: 'Alle Werte dieses Kontos verschwinden aus dem Schlüsselbund dieses Computers. Kein Server kann sie wieder zeigen. Das lässt sich nicht rückgängig machen.',
      passphrase:
        'Alle Werte dieses Kontos verschwinden aus Ihrem Passphrasen-Tresor. Kein Server kann sie wieder zeigen. Das lässt sich nicht rückgängig machen.',
    },
    forgetNow: 'Alle entfernen',
    forgotten: 'Gespeicherte Werte entfernt',
  },
  store: {
    title: 'Einen vorhandenen Schlüssel speichern',
    about: 'Ein Schlüssel irgendeines Dienstes: Latchkey bewahrt seinen Wert auf und füllt, kopiert und übergibt ihn wie einen eigenen.',
    value: 'Wert',
    noun: 'Wert',
    valueHint: 'Fügen Sie ihn ein. Mehrere Zeilen, etwa ein privater Schlüssel, bleiben, wie sie sind.',
    recognized: (service, mode) =>
      mode === null
        ? `Ein Schlüssel von ${service}.`
        : `Ein Schlüssel von ${service}, ${mode === 'live' ? 'für den Betrieb' : 'für Tests'}.`,
    uses: {
      publishable: 'Er ist zur Veröffentlichung gedacht und braucht keinen Tresor. Der geheime ist ein anderer.',
      identifier: 'Es ist der Name eines Schlüssels. Das Geheimnis dazu ist ein anderer Wert.',
    },
    lines: (lines) => `${number(lines)} Zeilen`,
    linesHint: 'Sie werden genau so gespeichert, wie Sie sie eingefügt haben.',
    clear: 'Leeren',
    name: 'Name',
    nameHint: 'Nach dem Dienst und dem Zweck. Buchstaben A–Z, Ziffern, -\u00a0und\u00a0_.',
    working: 'Der Wert wird gespeichert\u00a0…',
    createInstead: 'Stattdessen einen neuen anlegen',
    store: 'Schlüssel speichern',
    done: {
      os: (name) => `${name} ist in Ihrem Schlüsselbund gespeichert.`,
      passphrase: (name) => `${name} ist in Ihrem Passphrasen-Tresor gespeichert.`,
    },
    same: (name, other, account) => `${name} ist gespeichert. ${other} in „${account}“ hat denselben Wert.`,
  },
  change: {
    title: (name) => `Den Wert von ${name} ändern`,
    about: 'Programme und Seiten bekommen ab jetzt den neuen Wert. Der davor kommt in den Papierkorb, aus dem Sie ihn zurückholen können.',
    working: 'Der neue Wert wird gespeichert\u00a0…',
    change: 'Wert ändern',
    done: (name) => `${name} hat einen neuen Wert.`,
    restored: (name) => `${name} hat wieder seinen früheren Wert.`,
  },
  rename: {
    title: (name) => `${name} umbenennen`,
    hint: 'Verweise in Dateien, etwa latchkey://, haben noch den alten Namen.',
    rename: 'Umbenennen',
    done: (before, now) => `${before} heißt jetzt ${now}.`,
  },
  prove: {
    title: (name) => `Welcher Schlüssel ist ${name}?`,
    intro:
      'Latchkey meldet sich mit dem Wert bei dem Konto an, das Sie wählen, und wieder ab. Nimmt der Server ihn an, zieht der Wert zu diesem Schlüssel um.',
    where: 'Konto, das gefragt wird',
    sends: (server) => `Der Wert wird an ${server} gesendet und ist dort danach bekannt.`,
    local: 'Er wird im Tresor auf diesem Computer erprobt und geht sonst nirgendwohin.',
    nobody: 'Kein Konto ist angemeldet, das sich fragen ließe.',
    start: 'Anmelden und nachsehen',
    working: 'Anmelden\u00a0…',
    done: (key) => `Es ist ${key}. Der Wert liegt jetzt dort.`,
  },
}
