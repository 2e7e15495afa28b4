import type { en } from './en.ts'

const visibleOnly = 'Ein Schlüssel kommt nur in ein Feld, das Sie sehen.'

export const de: typeof en = {
  manifest: {
    description: 'Füllt Ihre API-Schlüssel in die Websites ein, für die Sie sie bestimmt haben. Die App Latchkey bewahrt sie auf.',
    showKeys: 'Die Schlüssel für diese Website zeigen',
    fill: 'Einen Schlüssel in das Feld einfüllen',
  },
  menuEntry: 'Schlüssel aus Latchkey einfüllen',
  badge: {
    filled: (name) => `Latchkey: ${name} eingefüllt`,
    asking: 'Latchkey fragt Sie in seinem Fenster',
    choose: 'Latchkey: hier einen Schlüssel wählen',
    trouble: (title) => `Latchkey: ${title}`,
  },
  again: 'Erneut versuchen',
  pairAgain: 'Neu koppeln\u00a0…',
  looking: { here: 'Wird gesucht\u00a0…', inTab: 'Latchkey wird gerufen\u00a0…' },
  unpaired: {
    title: 'Diesen Browser mit Latchkey koppeln',
    text: 'Beide zeigen einmal einen Code. Sie vergleichen ihn, und von da an kennen sich die beiden.',
    pair: 'Koppeln\u00a0…',
  },
  pairing: {
    title: 'Vergleichen Sie den Code',
    where: 'Latchkey zeigt einen Code in einem eigenen Fenster. Es muss dieser sein.',
    code: (digits) => `Code: ${digits}`,
    confirmed: 'Bestätigen Sie ihn jetzt auch im Fenster von Latchkey.',
    other: 'Ist es ein anderer, steht etwas zwischen den beiden: Brechen Sie ab.',
    cancel: 'Abbrechen',
    same: 'Derselbe Code',
  },
  paired: {
    title: 'Dieser Browser ist gekoppelt',
    text: 'Öffnen Sie eine Website, klicken Sie in ihr Feld, und wählen Sie in diesem Menü einen Schlüssel.',
    close: 'Diesen Tab schließen',
  },
  keys: {
    fills: (field) => `Füllt „${field}“`,
    fillsFocused: 'Füllt das Feld, in dem Sie sind',
    list: (site) => `Schlüssel für ${site}`,
    none: 'Für diese Website ist noch kein Schlüssel bestimmt.',
    useAnother: 'Anderen Schlüssel verwenden\u00a0…',
    use: 'Einen Schlüssel hier verwenden\u00a0…',
  },
  choosing: { title: 'Wählen Sie in Latchkey', text: (site) => `Sein Fenster fragt, welcher Schlüssel für ${site} ist.` },
  filling: {
    title: (name) => `${name} wird eingefüllt`,
    text: 'Wenn Sie es noch nicht erlaubt haben, fragt Latchkey Sie in seinem Fenster.',
  },
  filled: { title: 'Eingefüllt', text: (name, site) => `${name} steht im Feld auf ${site}.` },
  troubles: {
    'not-installed': {
      title: 'Latchkey ist mit diesem Browser nicht verbunden',
      text: 'Öffnen Sie in der App „Browser\u00a0…“, und verbinden Sie diesen. Dann versuchen Sie es noch einmal.',
    },
    'not-running': { title: 'Latchkey läuft nicht', text: 'Starten Sie die App, dann versuchen Sie es noch einmal.' },
    ended: {
      title: 'Latchkey wurde geschlossen oder gesperrt',
      text: 'Nichts wurde eingefüllt. Öffnen Sie die App, dann versuchen Sie es noch einmal.',
    },
    unproven: {
      title: 'Das ist nicht das Latchkey, mit dem Sie gekoppelt haben',
      text: 'Was geantwortet hat, konnte nicht beweisen, dass es Ihre App ist. Wenn Sie Latchkey neu eingerichtet haben, koppeln Sie diesen Browser neu.',
    },
    locked: { title: 'Latchkey ist gesperrt', text: 'Entsperren Sie die App, dann versuchen Sie es noch einmal.' },
    'passphrase-needed': { title: 'Latchkey ist gesperrt', text: 'Entsperren Sie die App, dann versuchen Sie es noch einmal.' },
    'pairing-needed': {
      title: 'Dieser Browser ist nicht gekoppelt',
      text: 'Latchkey muss ihn kennen, bevor es ihm etwas gibt.',
    },
    'pairing-refused': {
      title: 'Die Kopplung wurde abgelehnt',
      text: 'Sie muss hier und in der App bestätigt werden, und nur, wenn beide denselben Code zeigen.',
    },
    'pairing-attempts': {
      title: 'Zu viele Kopplungen wurden begonnen',
      text: 'Latchkey nimmt zehn Minuten lang keine an. Wenn Sie sie nicht begonnen haben, war es ein anderes Programm: Finden Sie heraus, welches, bevor Sie koppeln.',
    },
    'page-closed': { title: 'Hier lässt sich nichts einfüllen', text: 'Der Browser lässt keine Erweiterung in diese Seite.' },
    'page-changed': {
      title: 'Die Seite hat sich inzwischen geändert',
      text: 'Nichts wurde eingefüllt. Versuchen Sie es auf der Seite noch einmal, wie sie jetzt ist.',
    },
    'site-refused': {
      title: 'Nicht auf dieser Seite',
      text: 'Schlüssel werden auf Seiten mit https:// eingefüllt, und mit http:// nur auf diesem Computer, nie in den Frame einer anderen Website.',
    },
    'no-field': {
      title: 'Kein Feld für einen Schlüssel',
      text: 'Klicken Sie in das Feld, in das der Schlüssel gehört, dann öffnen Sie dies noch einmal.',
    },
    'other-frame': {
      title: 'Das Feld gehört einer anderen Website',
      text: 'Es ist im Frame einer anderen Website oder in einem, der abgeschottet ist. Dort wird nichts eingefüllt.',
    },
    gone: { title: 'Das Feld ist nicht mehr da', text: 'Klicken Sie in das Feld, dann versuchen Sie es noch einmal.' },
    hidden: { title: 'Das Feld ist versteckt', text: visibleOnly },
    transparent: { title: 'Das Feld ist durchsichtig', text: visibleOnly },
    tiny: { title: 'Das Feld ist zu klein, um es zu sehen', text: visibleOnly },
    'off-screen': { title: 'Das Feld ist außer Sicht', text: visibleOnly },
    covered: { title: 'Etwas verdeckt das Feld', text: 'Schließen Sie, was darüber liegt, dann versuchen Sie es noch einmal.' },
    'not-kept': {
      title: 'Die Seite hat den Schlüssel nicht behalten',
      text: 'Sie hat etwas anderes in das Feld gesetzt. Sehen Sie es sich an, bevor Sie weitermachen.',
    },
    'too-long': { title: 'Der Schlüssel passt nicht', text: 'Das Feld fasst weniger Zeichen, als der Schlüssel hat.' },
    'locked-field': {
      title: 'Das Feld ist schreibgeschützt',
      text: 'Klicken Sie in das Feld. Wenn Sie dort tippen können, versuchen Sie es noch einmal.',
    },
    'approval-denied': { title: 'Sie haben abgelehnt', text: 'Nichts wurde eingefüllt.' },
    'approval-expired': {
      title: 'Niemand hat geantwortet',
      text: 'Latchkey fragt eine Minute lang in einem eigenen Fenster. Nichts wurde eingefüllt.',
    },
    'approval-busy': {
      title: 'Zu viele Anfragen',
      text: 'Beantworten Sie die, die im Fenster von Latchkey warten, oder warten Sie einen Moment, dann versuchen Sie es noch einmal.',
    },
    'key-not-found': {
      title: 'Der Schlüssel ist nicht mehr da',
      text: 'Öffnen Sie dies noch einmal, um die vorhandenen zu sehen.',
    },
    'read-only': { title: 'Der Tresor ist schreibgeschützt', text: 'Öffnen Sie die App. Sie sagt, warum, und was zu tun ist.' },
    'keychain-locked': { title: 'Der Schlüsselbund ist gesperrt', text: 'Öffnen Sie die App. Sie sagt, wie er sich entsperren lässt.' },
  },
  unknownTrouble: (code) => ({
    title: 'Das hat nicht geklappt',
    text: `Nichts wurde eingefüllt. Öffnen Sie die App, dann versuchen Sie es noch einmal. Nennen Sie in einer Meldung „${code}“.`,
  }),
}
