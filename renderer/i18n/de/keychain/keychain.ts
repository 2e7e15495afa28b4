import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { number } = formsOf('de-DE')

export const keychain: Catalogue['keychain'] = {
  doctor: {
    toDo: (things) =>
      things === 1 ? 'Eins ist in Ordnung zu bringen.' : `${number(things)} Dinge sind in Ordnung zu bringen, in dieser Reihenfolge.`,
    examined: (keychain) => `Untersucht: ${keychain}`,
    examining: 'Der Schlüsselbund wird untersucht. Das kann einige Sekunden dauern\u00a0…',
    open: 'Tresor öffnen',
  },
  examined: {
    file: 'Latchkeys Datei unter einer Passphrase',
    guarded: (name) => `${name}, unter Ihrer Passphrase`,
    keychain: 'Schlüsselbund',
    credentialManager: 'Anmeldeinformationsverwaltung',
    none: 'kein Schlüsselbund-Programm',
    desktops: {
      gnome: 'unter GNOME',
      kde: 'unter KDE Plasma',
      xfce: 'unter Xfce',
      other: 'unter einem anderen Desktop',
      none: 'in einer Sitzung ohne Desktop',
      macos: 'unter macOS',
      windows: 'unter Windows',
    },
  },
  finding: {
    keys: 'Schlüssel',
    steps: 'Was zu tun ist',
  },
  items: {
    usePassphrase: 'In einen Passphrasen-Tresor umziehen\u00a0…',
    useOs: 'In den Schlüsselbund des Systems umziehen\u00a0…',
  },
  leftBehind: 'Kopien Ihrer Werte liegen noch im Schlüsselbund des Systems.',
  nothing: {
    title: 'Ihre Konten lassen sich jetzt nicht auflisten',
    text: 'Sie standen in der Datei des Tresors und im Schlüsselbund, und beides ist nicht lesbar. Die Datei ist unberührt, und Ihre Schlüssel gelten weiter, wo sie in Gebrauch sind.',
    next: 'Stellen Sie den Schlüsselbund aus einer Sicherung wieder her, dann prüfen Sie noch einmal. Ohne Sicherung reparieren Sie den Tresor, um neu anzufangen.',
  },
  readOnly: {
    open: 'Der Tresor ist wieder offen.',
    still: 'Geprüft. Der Tresor lässt sich weiter nur lesen.',
    repair: 'Reparieren\u00a0…',
  },
  repair: {
    of: {
      os: {
        backup: 'Haben Sie eine Sicherung des Schlüsselbunds, brechen Sie ab und spielen Sie sie ein: Dann fehlt danach nichts.',
        anew: 'Die Liste Ihrer Schlüssel, vom Server, und jeder Wert, den der Schlüsselbund noch hat.',
        lost: 'Werte, die der Schlüsselbund nicht mehr hat, Notizen, Schlagwörter, weitere Angaben und Websites der Schlüssel, Änderungen, die auf den Server warteten, und das Verzeichnis dessen, was angezeigt und kopiert wurde.',
        afterwards:
          'Konten, deren Sitzung weg ist, verlangen eine neue Anmeldung. Ein Tresor auf diesem Computer öffnet sich nur, wenn seine Anmeldung noch im Schlüsselbund ist.',
      },
      passphrase: {
        backup: 'Haben Sie eine Sicherung des Ordners von Latchkey, brechen Sie ab und spielen Sie sie ein: Dann fehlt danach nichts.',
        anew: 'Die Liste Ihrer Schlüssel, vom Server, und jeder Wert, den der Passphrasen-Tresor noch hat.',
        lost: 'Werte, die der Passphrasen-Tresor nicht mehr hat, Notizen, Schlagwörter, weitere Angaben und Websites der Schlüssel, Änderungen, die auf den Server warteten, und das Verzeichnis dessen, was angezeigt und kopiert wurde.',
        afterwards:
          'Konten, deren Sitzung weg ist, verlangen eine neue Anmeldung. Ein Tresor auf diesem Computer öffnet sich nur, wenn seine Anmeldung noch im Passphrasen-Tresor ist.',
      },
    },
    list: {
      asideText: 'Der beschädigte Teil der Liste. Er bleibt im Schlüsselbund, unter anderem Namen.',
      anew: 'Die Liste, aus dem, was davon lesbar ist.',
      lost: 'Gespeicherte Werte, die nur im beschädigten Teil standen. Sie bleiben im Schlüsselbund, aber Latchkey findet sie nicht von selbst.',
      busy: 'Der beschädigte Teil wird beiseitegelegt\u00a0…',
      done: 'Der Tresor ist repariert. Der beschädigte Teil der Liste ist noch im Schlüsselbund, unter anderem Namen.',
    },
    done: 'Der Tresor ist repariert. Die alte Datei liegt unter anderem Namen noch im Ordner von Latchkey.',
    title: 'Tresor reparieren?',
    aside: 'Beiseitegelegt',
    asideText: 'Die alte Datei des Tresors. Sie bleibt unter anderem Namen im Ordner von Latchkey und wird nie gelöscht.',
    anew: 'Neu angelegt',
    lost: 'Kommt nicht wieder',
    after: 'Danach',
    busy: 'Die alte Datei wird beiseitegelegt, der Server gefragt\u00a0…',
    repair: 'Tresor reparieren',
  },
  typed: {
    show: 'Eingabe anzeigen',
  },
  unlock: {
    open: 'Tresor offen',
    passphrase: 'Passphrase',
    opening: 'Der Tresor wird geöffnet. Das dauert etwa eine Sekunde\u00a0…',
    unlock: 'Entsperren',
  },
  useOs: {
    done: 'Ihre Werte sind im Schlüsselbund des Systems. Nach einer Passphrase wird nicht mehr gefragt.',
    title: 'In den Schlüsselbund des Systems umziehen?',
    how: 'Was in der Datei unter Ihrer Passphrase liegt, wird in den Schlüsselbund Ihres Systems kopiert, zurückgelesen und verglichen. Erst dann wird die Datei entfernt.',
    then: 'Danach wird nach keiner Passphrase gefragt: Der Schlüsselbund öffnet sich, wenn Sie sich am Computer anmelden.',
    busy: 'Es wird kopiert und verglichen. Vielleicht fragt Ihr System etwas\u00a0…',
    move: 'In den Schlüsselbund umziehen',
  },
  newPassphrase: {
    choose: 'Wählen Sie eine Passphrase.',
    different: 'Die beiden sind nicht gleich.',
    hint: (least) => `Mindestens ${number(least)} Zeichen. Vier oder fünf Wörter ohne Zusammenhang sind gut.`,
    repeat: 'Passphrase wiederholen',
  },
  usePassphrase: {
    done: 'Von jetzt an fragt Latchkey beim Öffnen nach Ihrer Passphrase.',
    move: 'In einen Passphrasen-Tresor umziehen?',
    use: 'Stattdessen eine Passphrase nehmen?',
    where: 'Werte liegen in einer verschlüsselten Datei im Ordner von Latchkey, nicht im Schlüsselbund des Systems.',
    asks: 'Latchkey fragt bei jedem Start nach der Passphrase, und jedes Mal, wenn es gesperrt war.',
    grave: 'Niemand kann sie zurücksetzen. Wer sie vergisst, verliert die Werte in der Datei.',
    moves: 'Was im Schlüsselbund liegt, wird kopiert, zurückgelesen und verglichen, und erst dann dort entfernt.',
    passphrase: 'Passphrase',
    moving: 'Der Schlüssel wird gemacht, kopiert und verglichen\u00a0…',
    making: 'Den Schlüssel zu machen dauert etwa eine Sekunde\u00a0…',
    moveNow: 'In den Passphrasen-Tresor umziehen',
    useNow: 'Diese Passphrase nehmen',
  },
  command: {
    copied: 'Befehl kopiert',
    selected: 'Befehl markiert',
    copy: 'Befehl kopieren',
  },
}
