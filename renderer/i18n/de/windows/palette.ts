import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count } = formsOf('de-DE')

export const palette: Catalogue['palette'] = {
  main: {
    find: 'Schlüssel suchen',
    closed: 'Öffnen Sie das Fenster von Latchkey, um den Tresor zu öffnen, dann kommen Sie zurück.',
    noKeys: 'Es gibt noch keine Schlüssel',
    noKeysText: 'Legen Sie im Fenster von Latchkey einen an. Danach lässt er sich hier finden.',
    none: 'Kein Schlüssel heißt so',
    noneText: 'Geben Sie einen Teil vom Namen eines Schlüssels oder seines Kontos ein.',
    keys: 'Schlüssel',
  },
  foot: {
    copied: (seconds) => `Kopiert. Die Zwischenablage wird in ${count(seconds, { one: 'Sekunde', other: 'Sekunden' })} geleert.`,
    into: 'Tippt in',
    behind: 'Tippt in das Fenster hinter diesem. Ihr Desktop sagt nicht, welches das ist.',
    type: 'Tippen',
  },
  option: {
    disabled: 'Deaktiviert',
  },
}
