import type { Catalogue } from '../../catalogue.ts'
import { formsOf } from '../../forms.ts'

const { count } = formsOf('de-DE')

export const news: Catalogue['news'] = {
  panel: {
    label: 'Neuigkeiten',
    goingOn: (summary) => summary,
    dismissAll: 'Alle\u00a0ausblenden',
    dismiss: (what) => `Ausblenden: ${what}`,
    remedies: { show: 'Schlüssel anzeigen', trash: 'Papierkorb öffnen', create: 'Noch einmal anlegen\u00a0…' },
  },
  summaries: {
    file: () => 'Ältere Tresordatei liegt hier',
    vault: () => 'Schlüsselliste neu angelegt',
    failed: (changes) => count(changes, { one: 'Änderung nicht ausgeführt', other: 'Änderungen nicht ausgeführt' }),
    done: (keys) => count(keys, { one: 'Schlüssel angelegt', other: 'Schlüssel angelegt' }),
    elsewhere: (changes) => count(changes, { one: 'Änderung von anderswo', other: 'Änderungen von anderswo' }),
  },
  kinds: {
    made: {
      what: (key) => `${key} wurde anderswo angelegt`,
      text: 'Ist sein Wert nicht auf diesem Computer, können Sie ihn hinzufügen.',
    },
    enabled: {
      what: (key) => `${key} wurde anderswo aktiviert`,
      text: 'Anmeldungen mit ihm gelingen.',
    },
    disabled: {
      what: (key) => `${key} wurde anderswo deaktiviert`,
      text: 'Anmeldungen mit ihm werden abgelehnt, bis er wieder aktiviert ist.',
    },
    gone: {
      what: (key) => `${key} wurde anderswo gelöscht`,
      text: 'War sein Wert hier, liegt er eine Weile im Papierkorb.',
    },
    back: {
      what: (key) => `${key} ist wieder auf dem Server`,
      text: 'Der Wert, der für ihn aufgehoben war, ist aus dem Papierkorb geholt.',
    },
    created: {
      what: (key) => `${key} wurde angelegt`,
      text: 'Er wartete auf den Server. Sein Wert ist sicher.',
    },
    'not-created': {
      what: (key) => `${key} wurde nicht angelegt`,
      text: 'Die Verbindung brach während der Anfrage ab, und der Server hat ihn nicht angelegt.',
    },
    'not-created-name-taken': {
      what: (key) => `${key} wurde nicht angelegt`,
      text: 'Der Server hat schon einen Schlüssel dieses Namens. Legen Sie ihn unter einem anderen an.',
    },
    'not-created-full': {
      what: (key) => `${key} wurde nicht angelegt`,
      text: 'Das Konto hat keinen Platz mehr. Löschen Sie einen Schlüssel, dann legen Sie ihn noch einmal an.',
    },
    'not-created-refused': {
      what: (key) => `${key} wurde nicht angelegt`,
      text: 'Der Server hat abgelehnt. Legen Sie ihn noch einmal an, um zu sehen, warum.',
    },
    'not-changed-gone': {
      what: (key) => `${key} wurde nicht geändert`,
      text: 'Er wurde anderswo gelöscht, bevor Ihre Änderung an der Reihe war. Ein Wert, der hier war, liegt im Papierkorb.',
    },
    'not-deleted-enabled': {
      what: (key) => `${key} wurde nicht gelöscht`,
      text: 'Er wurde inzwischen anderswo aktiviert, vielleicht braucht ihn jemand. Löschen Sie ihn noch einmal, wenn nicht.',
    },
    'not-created-restored': {
      what: (key) => `${key} wurde nicht angelegt`,
      text: 'In einer älteren Kopie dieses Tresors, die zurückgelegt wurde, sollte er noch angelegt werden. Legen Sie ihn noch einmal an, wenn Sie ihn brauchen.',
    },
    'not-enabled-restored': {
      what: (key) => `${key} wurde nicht aktiviert`,
      text: 'In einer älteren Kopie dieses Tresors, die zurückgelegt wurde, stand das Aktivieren noch aus. Aktivieren Sie ihn noch einmal, wenn Sie das noch möchten.',
    },
    'not-disabled-restored': {
      what: (key) => `${key} wurde nicht deaktiviert`,
      text: 'In einer älteren Kopie dieses Tresors, die zurückgelegt wurde, stand das Deaktivieren noch aus. Deaktivieren Sie ihn noch einmal, wenn Sie das noch möchten.',
    },
    'not-deleted-restored': {
      what: (key) => `${key} wurde nicht gelöscht`,
      text: 'In einer älteren Kopie dieses Tresors, die zurückgelegt wurde, stand das Löschen noch aus. Löschen Sie ihn noch einmal, wenn Sie das noch möchten.',
    },
    'older-file': {
      what: () => 'Eine ältere Datei des Tresors liegt hier',
      text: 'Im Protokoll fehlen Zeilen, die schon geschrieben waren. Freigaben sind beendet, Browser müssen neu gekoppelt werden, und ausstehende Änderungen werden nicht ausgeführt. Haben Sie die Datei nicht selbst zurückgelegt, prüfen Sie, wer diesen Computer benutzt.',
    },
    'cache-rebuilt': {
      what: () => 'Die Liste Ihrer Schlüssel wurde neu gemacht',
      text: 'Ihre Datei ließ sich nicht öffnen. Sie wurde beiseitegelegt und die Liste aus Server und Schlüsselbund neu gemacht. Nichts wurde gelöscht.',
    },
  },
}
