import { formsOf } from '../../forms.ts'

const { count } = formsOf('en-GB')

/** A passphrase on top of the keychain, changing it, and the delay after wrong attempts. */
export const passphrase = {
  items: {
    guard: 'Ask for a passphrase too…',
    change: 'Change passphrase…',
    unguard: 'Stop asking for the passphrase…',
  },
  guard: {
    title: 'Ask for a passphrase too?',
    where:
      'Values stay in your system’s keychain, each sealed under your passphrase. Whoever gets into the keychain has nothing without it.',
    asks: 'Latchkey asks for the passphrase at every start, and after every lock.',
    grave: 'Nobody can reset it. If you forget it, the values on this computer are lost.',
    moves: 'Each value is sealed, read back and compared, and only then removed as it was.',
    busy: 'Making the key, sealing and comparing…',
    now: 'Ask for this passphrase',
  },
  change: {
    title: 'Change the passphrase',
    about:
      'Everything is sealed again under a new key. The old passphrase opens nothing from then on, except older copies of Latchkey’s folder.',
    now: 'Current passphrase',
    next: 'New passphrase',
    busy: 'Making the new key, sealing and comparing…',
    act: 'Change the passphrase',
    done: 'The passphrase is changed.',
    missing: 'Enter your current passphrase.',
  },
  unguard: {
    title: 'Stop asking for the passphrase?',
    how: 'Each value in your system’s keychain is opened, read back and compared. Only then is the sealed copy removed.',
    act: 'Stop asking',
  },
  wait: {
    title: 'Too many wrong passphrases',
    text: 'Latchkey waits longer after each wrong one. Nothing is deleted, however many there are.',
    again: (seconds: number) =>
      seconds < 60
        ? `You can try again in ${count(seconds, { one: 'second', other: 'seconds' })}.`
        : `You can try again in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} minutes.`,
    over: 'You can try again now.',
  },
}
