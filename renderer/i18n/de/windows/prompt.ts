import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count, form, number } = formsOf('de-DE')

export const prompt: Catalogue['prompt'] = {
  choose: {
    question: 'Welcher Schlüssel ist für diese Website?',
    effect: 'Er wird dort jetzt eingefüllt, und später, wenn Sie es wollen.',
    effectForProgram: 'Das Programm meldet sich dort jetzt damit an, und kann dort später danach fragen.',
    none: 'Auf diesem Computer liegt kein Wert eines Schlüssels, also steht keiner zur Wahl.',
    find: 'Schlüssel suchen',
    keys: 'Schlüssel',
    noMatch: 'Kein Schlüssel heißt so.',
    wider: (domain) => `Auch auf jeder Subdomain von ${domain}`,
    first: 'Zuerst einen Schlüssel wählen',
    use: 'Für diese Website nehmen',
  },
  claim: {
    site: 'Der Browser sagt, und Latchkey kann es nicht prüfen:',
    program: 'Das Programm sagt, und Latchkey kann es nicht prüfen:',
  },
  frame: {
    who: 'Latchkey fragt',
    left: (seconds) => `Abgelehnt in ${number(seconds)} s`,
    waiting: (more) => count(more, { one: 'weitere Anfrage wartet', other: 'weitere Anfragen warten' }),
  },
  pair: {
    question: 'Zeigt der Browser diesen Code?',
    effect:
      'Wenn ja, kann seine Erweiterung von jetzt an nach Schlüsseln fragen, jeweils mit Ihrer Freigabe. Zeigt er einen anderen oder keinen, fragt etwas anderes und wird nicht gekoppelt.',
    code: (digits) => `Code: ${digits}`,
    attempts: (others) =>
      `${count(others, { one: 'andere Kopplung wurde', other: 'andere Kopplungen wurden' })} in den letzten zehn Minuten begonnen und nicht bestätigt. Wenn Sie sie nicht begonnen haben, rät vielleicht ein Programm Codes: Finden Sie heraus, welches, bevor Sie koppeln.`,
    other: 'Anderer Code oder keiner',
    same: 'Derselbe Code',
  },
  server: {
    connect: {
      question: 'Mit diesem Server verbinden?',
      effect:
        'Er ist für diesen Tresor neu: Prüfen Sie seine Adresse. Ist er verbunden, kann an ihn ohne Rückfrage gesendet werden, was Sie zur Anmeldung dort eingeben, und die Werte seiner Schlüssel.',
      yes: 'Verbinden',
    },
    send: {
      question: 'Diesen Wert an diesen Server senden?',
      effect: 'Der Server kennt den Wert danach und kann damit tun, was er will.',
      yes: 'Senden',
    },
    server: 'Server',
    app: 'App-ID',
    sent: 'Jetzt gesendet',
    valueOf: (name) => `Der Wert von ${name}`,
    sends: {
      password: 'Ihre E-Mail-Adresse und Ihr Passwort',
      email: 'Ihre E-Mail-Adresse',
      'api-key': 'Der API-Schlüssel, den Sie eingegeben haben',
      'custom-token': 'Das Token, das Sie eingegeben haben',
      'stored-value': 'Ein gespeicherter Wert',
      nothing: 'Nichts von Ihnen: Ein anonymes Konto wird angelegt',
    },
  },
  store: {
    question: 'Den Wert dieses Programms speichern?',
    effect: 'Er wird ein Schlüssel in „Gespeicherte Werte“, unter diesem Namen. Nichts, was dort ist, wird ersetzt.',
    name: 'Name',
    same: 'Gleicher Wert wie',
    deny: 'Ablehnen',
    yes: 'Speichern',
  },
  facts: {
    keys: (keys) => form(keys, { one: 'Schlüssel', other: 'Schlüssel' }),
    site: 'Website',
    browser: 'Browser',
    coded: 'Ihr Name hat Buchstaben jenseits von a–z, hier in ihrer codierten Form.',
    program: 'Programm',
    seen: (pid, started) =>
      `Prozess ${pid}, gestartet ${started}. Gesehen, nicht bewiesen: Ein Programm kann sich für ein anderes ausgeben.`,
    unproven: 'Gesehen, nicht bewiesen: Ein Programm kann sich für ein anderes ausgeben.',
    startedBy: 'Gestartet von',
    folder: 'Ordner',
    terminal: 'Terminal',
    background: 'Keines: Es läuft im Hintergrund',
  },
  release: {
    purposes: {
      fill: {
        question: (keys) => `${them(keys)} auf einer Website einfüllen?`,
        effect: () => 'Der Wert geht in das Feld, das Sie auf der Seite gewählt haben.',
      },
      get: {
        question: (keys) => `${them(keys)} an ein Programm geben?`,
        effect: (keys) =>
          form(keys, {
            one: 'Das Programm liest den Wert und kann damit tun, was es will.',
            other: 'Das Programm liest die Werte und kann damit tun, was es will.',
          }),
      },
      run: {
        question: (keys) => `Einen Befehl mit ${withThem(keys)} ausführen?`,
        effect: (keys) =>
          form(keys, { one: 'Der Befehl bekommt den Wert in seiner Umgebung.', other: 'Der Befehl bekommt die Werte in seiner Umgebung.' }),
      },
      inject: {
        question: (keys) => `${them(keys)} in einen Text einsetzen?`,
        effect: (keys) =>
          form(keys, {
            one: 'Der Wert tritt an die Stelle seines Verweises, und das Programm liest den Text.',
            other: 'Die Werte treten an die Stelle ihrer Verweise, und das Programm liest den Text.',
          }),
      },
      login: {
        question: (keys) => `Ein Werkzeug mit ${them(keys)} anmelden?`,
        effect: () => 'Das Werkzeug bekommt den Wert, um ihn an die Website zu senden.',
      },
      copy: {
        question: (keys) => `${them(keys)} in die Zwischenablage kopieren?`,
        effect: () => 'Jedes Programm kann die Zwischenablage lesen, bis sie geleert wird.',
      },
      type: { question: (keys) => `${them(keys)} in ein Fenster tippen?`, effect: () => 'Es wird getippt wie von Ihrer Tastatur.' },
      reveal: { question: (keys) => `${them(keys)} anzeigen?`, effect: () => 'Der Wert ist dann auf dem Bildschirm zu lesen.' },
      verify: { question: (keys) => `${them(keys)} prüfen?`, effect: () => 'Latchkey meldet sich damit an und wieder ab.' },
      'sign-in': { question: (keys) => `Mit ${withThem(keys)} anmelden?`, effect: () => 'Der Wert geht an den Server des Kontos.' },
      export: { question: (keys) => `${them(keys)} auslagern?`, effect: () => 'Der Wert wird offen in eine Datei geschrieben.' },
    },
    durations: (minutes) => {
      const time = count(minutes, { one: 'Minute', other: 'Minuten' })
      return {
        once: { word: 'Nur jetzt', allow: 'Erlauben' },
        'for-a-while': { word: time, allow: `${time} erlauben` },
        always: { word: 'Immer', allow: 'Immer erlauben' },
      }
    },
    consequences: {
      once: 'Das nächste Mal werden Sie wieder gefragt.',
      site: (keys, until) => later(until, `bekommt diese Website in diesem Browser ${them(keys, true)}`),
      program: (keys, until, terminal) =>
        `${later(until, `bekommt dieses Programm in diesem Ordner${terminal ? ' und Terminal' : ''} ${them(keys, true)}`)} Jedes Programm ${terminal ? 'im selben Terminal' : 'in derselben Sitzung'} kann sich dafür ausgeben.`,
    },
    how: 'Wie lange diese Antwort gilt',
    deny: 'Ablehnen',
  },
}

function them(keys: number, within = false): string {
  const text = form(keys, { one: 'diesen Schlüssel', other: `diese ${number(keys)} Schlüssel` })
  return within ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function withThem(keys: number): string {
  return form(keys, { one: 'diesem Schlüssel', other: `diesen ${number(keys)} Schlüsseln` })
}

/** As „Bis 12:45 … bekommt dieses Programm …“. */
function later(until: string | null, who: string): string {
  const rest = 'ohne Rückfrage, zum selben Zweck und keine anderen.'
  if (until === null) return `Von jetzt an ${who} ${rest} Unter „Freigaben“ lässt sich das widerrufen.`
  return `Bis ${until}, oder bis der Tresor gesperrt wird, ${who} ${rest}`
}
