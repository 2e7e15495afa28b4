/** The first screens, and a closed vault. */
export const welcome = {
  choice: {
    opening: 'Opening…',
  },
  connect: {
    title: 'Connect to a server',
    hint: 'Its operator can tell you the URL and the app ID.',
  },
  opening: {
    opening: 'Opening your vault…',
  },
  closed: {
    forgotten: 'Forgotten it? Nobody can open the vault without it. Your keys keep working wherever they are in use.',
    unchanged: 'The vault stays closed until then. Nothing in it was changed.',
    noKeychain: 'No keychain on this computer?',
    instead:
      'Latchkey can keep values in an encrypted file under a passphrase. It asks for it at every start, and values are lost if you forget it.',
    usePassphrase: 'Use a passphrase instead…',
  },
  welcome: {
    first: 'A vault for your API keys',
    add: 'Add an account',
    choose: 'Choose an account',
    back: 'Back to keys',
    inKeychain: 'Latchkey creates API keys, keeps their values in your computer’s keychain and hands them out when you ask.',
    inFile: 'Latchkey creates API keys, keeps their values in a file under your passphrase and hands them out when you ask.',
    stored: 'Store a key you have',
    storedHint: {
      os: 'Of any service. Its value goes into your keychain.',
      passphrase: 'Of any service. Its value goes into your passphrase vault.',
    },
    local: 'Create a vault on this computer',
    localHint: 'No server and nothing to remember. Ready in a moment.',
    server: 'Connect to a server',
    serverHint: 'For a team’s server, or any that speaks App Services.',
  },
}
