import type { imports as english } from '../en/imports.ts'
import { formsOf } from '../forms.ts'

const { count, number } = formsOf('de')
const values = { one: 'Wert', other: 'Werte' }

export const imports: typeof english = {
  title: 'Werte einlesen',
  intro: 'Die Werte werden auf diesem Computer gespeichert und gelten als ungeprüft: Kein Server lässt sich nach ihnen fragen.',
  format: 'Aus',
  formats: {
    recognised: 'einer Datei, deren Programm Latchkey erkennt',
    env: '.env',
    aws: 'AWS-Zugangsdaten',
    npmrc: 'npm (.npmrc)',
    netrc: '.netrc',
    pgpass: 'PostgreSQL (.pgpass)',
    'github-cli': 'GitHub CLI (hosts.yml)',
    mcp: 'MCP-Server (.mcp.json)',
    chrome: 'Chrome CSV',
    firefox: 'Firefox CSV',
    'onepassword-csv': '1Password CSV',
    bitwarden: 'Bitwarden JSON',
    keepassxc: 'KeePassXC CSV',
  },
  hints: {
    recognised: 'An ihrem Namen und Inhalt. Wird sie nicht erkannt, wählen Sie das Format selbst.',
    env: 'Zeilen der Form NAME=WERT.',
    aws: 'Die Datei ~/.aws/credentials. Die Zugriffsschlüssel-ID und der geheime Zugriffsschlüssel jedes Profils werden übernommen.',
    npmrc:
      'Token, Anmeldungen und Passwörter für Registrys werden übernommen, wie die Datei sie hat: Anmeldungen und Passwörter in Base64.',
    netrc: 'Das Passwort jedes Rechners wird übernommen.',
    pgpass: 'Das Passwort jeder Zeile wird übernommen.',
    'github-cli': 'Die Datei ~/.config/gh/hosts.yml. Sie enthält Token nur, wenn das Programm sie nicht im Schlüsselbund ablegen konnte.',
    mcp: 'Die Umgebungsvariablen und Kopfzeilen jedes Servers werden übernommen.',
    chrome:
      'Dort oder in einem anderen Chromium-Browser als CSV ausgegeben. Das Passwort jedes Eintrags wird übernommen, seine Notiz nicht.',
    firefox: 'Dort als CSV ausgegeben. Jedes Passwort heißt nach seiner Website.',
    'onepassword-csv':
      'Dort als CSV ausgegeben. Das Passwort jedes Logins wird übernommen. Einträge anderer Arten stehen nicht in einer solchen Datei.',
    bitwarden:
      'Dort als .json ausgegeben, unverschlüsselt. Passwörter, sichere Notizen, private Schlüssel und verborgene Felder werden übernommen.',
    keepassxc: 'Dort als CSV ausgegeben. Das Passwort jedes Eintrags wird übernommen, seine Notizen nicht.',
  },
  chooseFile: 'Datei wählen\u00a0…',
  found: (amount, file) => `${count(amount, values)} in ${file}`,
  readAs: (format) => `Gelesen als: ${format}`,
  nothing: (file) => `Keine Werte in ${file}.`,
  all: 'Alle wählen',
  none: 'Keinen wählen',
  named: (original) => `heißt dort ${original}`,
  same: (name, account) => `Schon hier: ${name} von ${account}`,
  repeated: 'Derselbe Wert wie ein anderer in dieser Datei',
  ending: (four) => `endet auf ${four}`,
  passed: (amount) => `${count(amount, { one: 'Angabe', other: 'Angaben' })} übergangen`,
  why: {
    empty: 'kein Wert',
    'too-long': 'zu lang für Ihren Schlüsselbund',
    unreadable: 'nicht lesbar',
    variable: 'braucht eine Variable, die die Datei nicht darüber setzt',
    deleted: 'im anderen Programm gelöscht',
    archived: 'im anderen Programm archiviert',
    reference: 'verweist auf den Wert eines anderen Eintrags',
    visible: 'im anderen Programm nicht verborgen',
    note: 'eine Notiz neben dem Wert',
    'one-time-code': 'das Geheimnis eines Einmalcodes',
    passkey: 'ein Passkey',
    older: 'ältere Passwörter',
    'other-kind': 'von einer Art, die Latchkey nicht speichert',
    setting: 'eine Einstellung des anderen Programms',
    elsewhere: 'nicht in der Datei: Das andere Programm hat es im Schlüsselbund',
  },
  line: (line) => `Zeile ${line}`,
  start: (amount) => (amount === 0 ? 'Einlesen' : `${count(amount, values)} einlesen`),
  takingBack: 'Wird angehalten: Was gespeichert war, wird wieder entfernt\u00a0…',
  stopped: 'Angehalten. Es wurde nichts eingelesen.',
  storing: (done, total) => `Speichern: ${number(done)} von ${number(total)}\u00a0…`,
  done: (amount) => `${count(amount, values)} eingelesen. Löschen Sie die Datei: Die Werte stehen darin im Klartext.`,
}
