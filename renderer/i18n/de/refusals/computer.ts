import type { computerTexts as english } from '../../en/refusals/computer.ts'

export const computerTexts: typeof english = {
  'input-invalid': {
    title: 'Latchkey konnte das nicht lesen',
    text: 'Etwas im Formular ist zu lang oder von der falschen Art, deshalb wurde nichts gesendet.',
    next: 'Prüfen Sie Ihre Eingaben und versuchen Sie es noch einmal.',
  },
  internal: {
    title: 'In Latchkey ist etwas schiefgegangen',
    text: 'Der Schritt wurde nicht fertig. Ihre gespeicherten Werte sind unberührt.',
    next: 'Versuchen Sie es noch einmal. Geschieht es wieder, beenden Sie Latchkey und öffnen Sie es neu.',
  },
  locked: {
    title: 'Latchkey ist gesperrt',
    text: 'Der Tresor ist zu, und seine Schlüssel sind außer Reichweite.',
    next: 'Entsperren Sie ihn, um fortzufahren.',
  },
  'link-invalid': {
    title: 'Latchkey kann diesem Link nicht folgen',
    text: 'Links zu Latchkey zeigen einen Schlüssel, suchen einen oder sperren, und dieser tut nichts davon. Es wurde nichts getan.',
    next: 'Den Link dort, wo er herkam, noch einmal kopieren.',
  },
  'autostart-unavailable': {
    title: 'Latchkey startet nicht bei der Anmeldung',
    text: 'Das System hat den Eintrag unter den Programmen, die mit Ihnen starten, nicht angenommen.',
    next: 'Prüfen, ob Sie in Ihren eigenen Einstellungsordner schreiben dürfen, dann noch einmal wählen.',
  },
  'update-unreachable': {
    title: 'Die Stelle für Aktualisierungen antwortet nicht',
    text: 'Latchkey konnte nicht fragen, ob es eine neuere Version gibt, oder die neuere kam nicht an. Diese arbeitet weiter.',
    next: 'Das Netz prüfen, dann noch einmal versuchen.',
  },
  'update-untrusted': {
    title: 'Diese Aktualisierung ist nicht von den Latchkey-Machern',
    text: 'Unterschrift oder Inhalt passt nicht, sie wurde verworfen. Diese Version arbeitet weiter.',
    next: 'Später noch einmal versuchen. Bleibt es so, Latchkey dort holen, wo Sie es zuerst her hatten.',
  },
  'update-failed': {
    title: 'Die Aktualisierung ist nicht gelungen',
    text: 'Die neuere Version konnte nicht geholt oder eingesetzt werden. Diese arbeitet weiter.',
    next: 'Noch einmal versuchen, oder Latchkey dort holen, wo Sie es zuerst her hatten.',
  },
  'profile-unusable': {
    title: 'Der Ordner von Latchkey ist nicht benutzbar',
    text: 'Er fehlt, ist schreibgeschützt oder gehört einem anderen Benutzer.',
    next: 'Geben Sie Ihrem Benutzer das Recht, darin zu schreiben, dann versuchen Sie es noch einmal.',
  },
  'profile-corrupt': {
    title: 'Die Datei des Tresors ist beschädigt',
    text: 'Sie lässt sich nicht öffnen. Sie blieb, wie sie ist, und nichts trat an ihre Stelle.',
    next: 'Stellen Sie sie aus einer Sicherung wieder her, dann versuchen Sie es noch einmal.',
  },
  'profile-newer': {
    title: 'Ein neueres Latchkey hat diese Dateien geschrieben',
    text: 'Diese Version kann sie nicht lesen. Sie blieben, wie sie sind.',
    next: 'Installieren Sie das neueste Latchkey, dann versuchen Sie es noch einmal.',
  },
  'read-only': {
    title: 'Der Tresor kann jetzt nur gelesen werden',
    text: 'Seine Dateien und sein Schlüsselbund gehören nicht zusammen. Bis sie es tun, wird nichts geändert.',
    next: 'Folgen Sie dem Streifen oben im Fenster: Schlüsselbund untersuchen, oder Tresor reparieren.',
  },
  'disk-full': {
    title: 'Der Datenträger ist voll',
    text: 'Es ist kein Platz, um das sicher zu speichern, deshalb ist es nicht geschehen.',
    next: 'Schaffen Sie Platz, dann versuchen Sie es noch einmal.',
  },
}
