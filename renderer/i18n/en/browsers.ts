/** The dialog that shows where the extension is installed and which browsers are paired. */
export const browsers = {
  row: {
    nowConnected: (browser: string) => `${browser} connected`,
    nowDisconnected: (browser: string) => `${browser} disconnected`,
    firefoxSteps: 'In about:debugging, under This Firefox, load the manifest in this folder.',
    chromiumSteps: 'In the browser’s extensions page, turn on developer mode and load this folder unpacked.',
    connected: 'Connected',
    show: 'Show extension',
    showFor: (browser: string) => `Show extension for ${browser}`,
    connect: 'Connect',
    disconnect: 'Disconnect',
    connectIt: (browser: string) => `Connect ${browser}`,
    disconnectIt: (browser: string) => `Disconnect ${browser}`,
    blocked: (browser: string, kind: string) =>
      `This ${browser} is a ${kind}, which can start no program outside its sandbox. Install it as an ordinary package.`,
  },
  list: {
    title: 'Browsers',
    about:
      'Latchkey’s extension fills stored keys into web pages, when you ask it to. Connect a browser so that its extension finds Latchkey, then pair the extension by a code that both show.',
    here: 'On this computer',
    none: 'Latchkey found no browser that it knows. Start yours once, so that it makes its profile.',
    absent: (browsers: string) => `Not found: ${browsers}.`,
    paired: 'Paired extensions',
    unpaired: 'Extension unpaired',
    nonePaired: 'None yet. Open the extension in a connected browser, and compare the code there with the one that Latchkey shows.',
    looking: 'Looking for browsers…',
  },
  pairing: {
    /** Followed by the time. */
    paired: 'Paired',
    unused: 'not used since',
    /** Followed by the time. */
    lastUsed: 'last used',
    sure: (browser: string) => `Unpair ${browser}?`,
    consequence: 'It is given nothing until it is paired again, and what was approved for it is revoked.',
    unpair: 'Unpair',
    unpairIt: (browser: string) => `Unpair…: ${browser}`,
    ask: 'Unpair…',
  },
}
