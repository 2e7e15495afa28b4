import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count, number } = formsOf('de-DE')

export const keyDetails: Catalogue['keys']['details'] = {
  title: 'Angaben',
  edit: 'Angaben bearbeiten\u00a0…',
  none: 'Nichts notiert: keine Schlagwörter, kein Benutzer, kein Ablauf, keine Notizen.',
  environment: 'Umgebung',
  environments: { production: 'Produktion', test: 'Test', development: 'Entwicklung' },
  noEnvironment: 'Keine',
  tags: 'Schlagwörter',
  withTag: (tag) => `Schlüssel mit dem Schlagwort ${tag} anzeigen`,
  user: 'Benutzer',
  expires: 'Läuft ab',
  renewal: 'Erneuern unter',
  copyRenewal: 'Adresse kopieren',
  copied: 'Adresse kopiert',
  notes: 'Notizen',
  expiry: {
    over: 'Abgelaufen',
    today: 'Läuft heute ab',
    in: (days) => `Läuft in ${count(days, { one: 'Tag', other: 'Tagen' })} ab`,
  },
  dialog: {
    title: (key) => `Angaben zu ${key}`,
    done: (key) => `Angaben zu ${key} gespeichert`,
    save: 'Speichern',
    tagsHint: 'Durch Kommas getrennt.',
    tagsFault: (most, longest) => `Bis zu ${number(most)} Schlagwörter mit je bis zu ${number(longest)} Zeichen.`,
    inUse: 'Verwendete Schlagwörter',
    user: 'Benutzer oder Konto dort',
    userFault: (longest) => `Eine Zeile mit bis zu ${number(longest)} Zeichen.`,
    expires: 'Läuft ab',
    expiresHint: 'Der letzte Tag, an dem er gilt.',
    expiresFault: 'Diesen Tag gibt es nicht.',
    renewal: 'Wo er erneuert wird',
    renewalHint: 'Eine https-Adresse. Latchkey kopiert sie und öffnet sie nie.',
    renewalOf: (service) => `Leer für die Adresse von ${service}.`,
    renewalFault: 'Eine Adresse beginnt mit https:// und enthält kein Passwort.',
    notesHint: 'Notizen sind in diesem Fenster sichtbar: kein Ort für einen Wert.',
    notesFault: (longest, has) => `Notizen haben höchstens ${number(longest)} Zeichen. Diese haben ${number(has)}.`,
    notesUnseen: 'Diese Notizen enthalten Steuerzeichen.',
  },
}
