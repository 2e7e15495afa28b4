import type { Catalogue } from '../catalogue.ts'

export const browsers: Catalogue['browsers'] = {
  row: {
    nowConnected: (browser) => `${browser} verbunden`,
    nowDisconnected: (browser) => `${browser} getrennt`,
    firefoxSteps: 'In about:debugging unter „Dieser Firefox“ das Manifest in diesem Ordner laden.',
    chromiumSteps: 'Auf der Erweiterungsseite des Browsers den Entwicklermodus einschalten und diesen Ordner entpackt laden.',
    connected: 'Verbunden',
    show: 'Erweiterung zeigen',
    showFor: (browser) => `Erweiterung für ${browser} zeigen`,
    connect: 'Verbinden',
    disconnect: 'Trennen',
    connectIt: (browser) => `${browser} verbinden`,
    disconnectIt: (browser) => `${browser} trennen`,
    blocked: (browser, kind) =>
      `Dieser ${browser} ist ein ${kind} und kann kein Programm außerhalb seiner Sandbox starten. Installieren Sie ihn als gewöhnliches Paket.`,
  },
  list: {
    title: 'Browser',
    about:
      'Die Erweiterung von Latchkey füllt gespeicherte Schlüssel in Webseiten ein, wenn Sie es wollen. Ein Browser muss verbunden sein, damit seine Erweiterung Latchkey findet, und die Erweiterung mit einem Code gekoppelt, den beide zeigen.',
    here: 'Auf diesem Computer',
    none: 'Kein Browser gefunden, den Latchkey kennt. Starten Sie Ihren einmal, damit er sein Profil anlegt.',
    absent: (browsers) => `Nicht gefunden: ${browsers}.`,
    paired: 'Gekoppelte Erweiterungen',
    unpaired: 'Erweiterung entkoppelt',
    nonePaired:
      'Noch keine. Öffnen Sie die Erweiterung in einem verbundenen Browser, und vergleichen Sie den Code dort mit dem, den Latchkey zeigt.',
    looking: 'Browser werden gesucht\u00a0…',
  },
  pairing: {
    paired: 'Gekoppelt',
    unused: 'seither nicht benutzt',
    lastUsed: 'zuletzt benutzt',
    sure: (browser) => `${browser} entkoppeln?`,
    consequence: 'Er bekommt nichts, bis er wieder gekoppelt ist, und seine Freigaben werden widerrufen.',
    unpair: 'Entkoppeln',
    unpairIt: (browser) => `Entkoppeln\u00a0…: ${browser}`,
    ask: 'Entkoppeln\u00a0…',
  },
}
