import type { Waiting } from '../../../../preload/contract.ts'
import type { Connection } from '../../../../shared/lists/keys.ts'
import { formsOf } from '../../forms.ts'

type ChangeKind = Waiting['kind']

const { count, number } = formsOf('en-GB')

const past: Record<ChangeKind, string> = { create: 'created', enable: 'enabled', disable: 'disabled', delete: 'deleted' }
/** Until when a change is pending. */
const until: Record<Connection, string> = {
  online: '',
  checking: 'when online',
  offline: 'when online',
  unreachable: 'when the server answers',
  'signed-out': 'after you sign in',
}

/** Dialogs that create and change keys, and pending changes. */
export const keyDialogs = {
  create: {
    unknown: 'Not known yet',
    title: 'New key',
    ready: (key: string) => `${key} is ready`,
    created: (key: string) => `Key ${key} created`,
    unanswered: (key: string) => `The server was asked for ${key}, and its answer did not arrive. It may have made the key.`,
    lookedFor: (replace: string) =>
      `Latchkey looks for it at the next sync. If the key is there, it is shown in the list, and ${replace} gives it a value that you have.`,
    replace: 'Replace',
    name: 'Name',
    hint: 'Name it after the program that will use it. Letters, digits, -\u00a0and\u00a0_.',
    noting: 'Noting the key…',
    creating: 'Creating the key and storing its value…',
    left: (left: number, limit: number) =>
      left === 1
        ? `This is the last key of the ${number(limit)} this account can have.`
        : `${number(left)} keys are left of the ${number(limit)} this account can have.`,
    tryNow: 'Try now',
    later: 'Create when online',
    create: 'Create key',
    storeInstead: 'Store one you have',
  },
  names: {
    missing: 'A key needs a name.',
    stranger: (what: string) => `A name cannot contain ${what}. Use A–Z, a–z, 0–9, - and _.`,
    long: (most: number, has: number) => `A name has ${number(most)} characters at most. This one has ${number(has)}.`,
    taken: 'You already have a key with this name.',
    waiting: 'A key with this name is waiting to be created.',
    lookalike: (other: string) => `Too close to “${other}”, which differs only in case.`,
    spaces: 'spaces',
    quoted: (character: string) => `“${character}”`,
    unseen: 'invisible characters',
  },
  ready: {
    os: 'Stored in your keychain. Copy it now or later.',
    passphrase: 'Stored in your passphrase vault. Copy it now or later.',
    guarded: 'Stored in your keychain, under your passphrase. Copy it now or later.',
  },
  notNow: {
    offline: 'You are offline',
    away: 'The server cannot be asked now',
    text: 'A key cannot be made without the server: the server makes its value. Latchkey can create it as soon as the server answers, store the value then, and tell you.',
  },
  confirm: {
    type: (name: string) => `Type “${name}” to confirm`,
  },
  remove: {
    done: (key: string) => `${key} deleted`,
    title: (key: string) => `Delete ${key}?`,
    word: 'Delete key',
    text: {
      os: 'Programs that use this key can no longer sign in, on any computer. Its value is removed from this computer’s keychain. This cannot be undone; disabling the key can.',
      passphrase:
        'Programs that use this key can no longer sign in, on any computer. Its value is removed from your passphrase vault. This cannot be undone; disabling the key can.',
    },
    later: 'The server cannot be asked now: the key is deleted as soon as it can, and until then you can take this back.',
  },
  replace: {
    done: (key: string) => `${key} replaced`,
    replaced: (key: string) => `${key} has a new value`,
    halfway: (key: string) => `${key} is deleted, not yet replaced`,
    coming: (what: string) => `The old key is deleted. The new one: ${what.toLowerCase()}.`,
    none: 'The old key is deleted, and no new one was made. Create a key of the same name to go on.',
    create: (key: string) => `Create ${key}…`,
    title: (key: string) => `Replace ${key}?`,
    word: 'Replace key',
    first: 'The old key is deleted on the server.',
    second: 'A new key of the same name is created.',
    third: { os: 'Its value is stored in your keychain.', passphrase: 'Its value is stored in your passphrase vault.' },
    text: 'Programs that use the old value can no longer sign in until you give them the new one. This cannot be undone.',
    unreachable: 'Replacing needs the server, which cannot be asked now. Nothing was deleted.',
    busy: 'Replacing the key and storing its value…',
  },
  add: {
    done: {
      os: (key: string) => `Value of ${key} stored in your keychain`,
      passphrase: (key: string) => `Value of ${key} stored in your passphrase vault`,
    },
    title: (key: string) => `Add the value of ${key}`,
    text: {
      os: 'Paste the key’s value from where it is used. Latchkey logs in with it once to prove that it opens this account, and stores it in your keychain only then.',
      passphrase:
        'Paste the key’s value from where it is used. Latchkey logs in with it once to prove that it opens this account, and stores it in your passphrase vault only then.',
    },
    value: 'Value',
    /** Used in “Show value”. */
    noun: 'value',
    hint: 'Spaces around it are left out.',
    busy: 'Logging in with the value…',
    add: 'Prove and store',
  },
  addSite: {
    done: (site: string) => `${site} added`,
    title: (key: string) => `Use ${key} on a site`,
    about: 'The browser’s extension offers this key there, and fills it in when you ask it to. Nothing is filled in by itself.',
    address: 'Address',
    hint: 'Of the page where the key goes. Its path does not matter.',
    at: (origin: string) => `At ${origin}: this host and port only.`,
    atAndBelow: (origin: string) => `At ${origin}: this host and port, and below it.`,
    wider: (domain: string) => `Also at every site below ${domain}`,
    widerHint: 'For a console that moves between sub-domains. Whoever runs any of them can ask for this key.',
    add: 'Add site',
  },
  trash: {
    title: 'Trash',
    empty: 'The trash is empty. Values of keys that the server no longer has are kept here for a while, and values that you replaced.',
    emptyStored: 'The trash is empty. When you change the value of a key, the ten values before are kept here for a while.',
    aboutStored: 'Earlier values of stored keys, the last ten of each. They are kept for a while in case one is needed again.',
    about:
      'Values of keys that the server no longer has, and values that you replaced. They are kept for a while in case one is needed again, as when a server is restored from a backup.',
  },
  left: {
    useAgain: 'Use again',
    useAgainOf: (key: string) => `Use again: this value of ${key}`,
    done: (key: string) => `Value of ${key} deleted for good`,
    /** Followed by the time. */
    gone: 'Gone',
    replaced: 'Replaced',
    /** Followed by the day. */
    kept: 'kept at least until',
    sure: (key: string) => `Delete the value of ${key} for good?`,
    question: 'Nobody can show this value again. Delete it for good?',
    forGood: 'Delete for good',
    copyOf: (key: string) => `Copy value of ${key}`,
    revealOf: (key: string) => `Reveal value of ${key}`,
    hideOf: (key: string) => `Hide value of ${key}`,
    reveal: 'Reveal',
    deleteNow: 'Delete now…',
    deleteOf: (key: string) => `Delete now…: value of ${key}`,
  },
  waiting: {
    title: 'Waiting changes',
    none: 'Nothing waits. The server has been told of every change.',
    about: 'They are safe on this computer, and made in this order as soon as the server can be asked.',
    /** Followed by the time. */
    noted: 'Noted',
    sentOnes:
      'One that was asked for already may have been made, though its answer never came. Cancelling it only keeps Latchkey from asking again; the next sync shows what the server did.',
    kinds: {
      create: (key: string) => `Create ${key}`,
      enable: (key: string) => `Enable ${key}`,
      disable: (key: string) => `Disable ${key}`,
      delete: (key: string) => `Delete ${key}`,
    },
    sent: {
      create: 'Asked to be created, answer unknown',
      enable: 'Asked to be enabled, answer unknown',
      disable: 'Asked to be disabled, answer unknown',
      delete: 'Asked to be deleted, answer unknown',
    },
    will: (kind: ChangeKind, connection: Connection) =>
      connection === 'online' ? `Is being ${past[kind]}` : `Will be ${past[kind]} ${until[connection]}`,
    notice: (key: string, what: string, sent: boolean) => `${key}${sent ? ':' : ''} ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
    count: (changes: number) => count(changes, { one: 'change is waiting', other: 'changes are waiting' }),
  },
}
