import type { Catalogue } from '../catalogue.ts'

export const updates: Catalogue['updates'] = {
  unavailable: {
    development: 'Diese Fassung ist für die Entwicklung. Sie sucht keine neuere Version.',
    package: 'Dieses Paket wird von dem aktualisiert, was es installiert hat. Selbst sucht es keine neuere Version.',
    unsigned: 'Diese Fassung hat keinen Schlüssel, mit dem sich Aktualisierungen prüfen lassen. Sie sucht keine neuere Version.',
    misnamed: 'Die Adresse oder der Schlüssel für Aktualisierungen in dieser Fassung ist ungültig. Sie sucht keine neuere Version.',
  },
  version: (version) => `Dies ist Version ${version}.`,
  none: 'Es gibt keine neuere.',
  lastAsked: (when) => `Zuletzt gefragt: ${when}.`,
  notYet: 'Noch nicht gefragt.',
  checking: 'Es wird gefragt, ob es eine neuere gibt\u00a0…',
  found: (version) => `Version ${version} ist da.`,
  downloading: (version, percent) => `Version ${version} wird geholt: ${percent} %`,
  ready: (version) => `Version ${version} ist hier und geprüft. Sie wird ab dem nächsten Start benutzt.`,
  check: 'Jetzt fragen',
  get: 'Holen',
  restart: 'Jetzt neu starten',
  noticeFound: (version) => `Latchkey ${version} ist da.`,
  noticeReady: (version) => `Latchkey ${version} wird ab dem nächsten Start benutzt.`,
}
