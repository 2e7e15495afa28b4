import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count } = formsOf('de-DE')

export const ui: Catalogue['ui'] = {
  verbatim: {
    more: (hidden) => `${count(hidden, { one: 'weiteres Zeichen', other: 'weitere Zeichen' })} zeigen`,
    names: { '\n': 'Zeilenumbruch', '\t': 'Tabulator', ' ': 'Leerzeichen' },
  },
  secret: {
    show: (noun) => `${noun} anzeigen`,
    hide: (noun) => `${noun} verbergen`,
  },
  keys: {
    Mod: 'Strg',
    Ctrl: 'Strg',
    Shift: 'Umschalt',
    Enter: 'Eingabe',
    Space: 'Leertaste',
    Insert: 'Einfg',
    Home: 'Pos1',
    End: 'Ende',
    PageUp: 'Bild auf',
    PageDown: 'Bild ab',
  },
  fault: (code) => `Wenn Sie es melden, nennen Sie den Code ${code}. Er steht auch in der Ausgabe von Latchkey, mit der Stelle.`,
  notices: {
    label: 'Mitteilungen',
    dismiss: 'Mitteilung ausblenden',
  },
}
