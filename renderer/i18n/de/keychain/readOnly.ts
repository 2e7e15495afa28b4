import type { Catalogue } from '../../catalogue.ts'

export const readOnly: Catalogue['readOnly'] = {
  because: (reason) => `Nur lesbar: ${reason}`,
  reasons: {
    'keychain-reset': {
      title: 'Nur lesbar: Der Schlüssel zu diesem Tresor ist aus dem Schlüsselbund verschwunden',
      text: 'Ohne ihn lässt sich die Datei des Tresors nicht öffnen. Nichts wurde gelöscht. Werte, die noch lesbar sind, lassen sich anzeigen und kopieren.',
    },
    'keychain-mismatch': {
      title: 'Nur lesbar: Der Hauptschlüssel des Tresors im Schlüsselbund ist nicht der richtige',
      text: 'Sein Eintrag ist beschädigt, wurde von einem anderen Programm geändert oder gehört zu einem anderen Tresor; die Datei des Tresors lässt sich nicht öffnen. Nichts wurde gelöscht. Werte, die noch lesbar sind, lassen sich anzeigen und kopieren. Stellen Sie den Schlüsselbund aus einer Sicherung wieder her, oder reparieren Sie den Tresor.',
    },
    'keychain-damaged': {
      title: 'Nur lesbar: Die Liste Ihrer Konten und gespeicherten Werte ist beschädigt',
      text: 'Sie liegt im Schlüsselbund, und ein Teil davon ist nicht lesbar. Was lesbar ist, sehen Sie hier. Nichts wurde gelöscht. Werte, die hier stehen, lassen sich anzeigen und kopieren.',
    },
    'profile-corrupt': {
      title: 'Nur lesbar: Die Datei des Tresors lässt sich nicht lesen',
      text: 'Es ist nicht zu erkennen, ob sie zu diesem Tresor gehört. Nichts wurde gelöscht. Werte, die noch lesbar sind, lassen sich anzeigen und kopieren.',
    },
  },
}
