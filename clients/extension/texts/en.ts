/** The extension's texts. `de.ts` does not compile until it has each of them too. */
export const en = {
  manifest: {
    description: 'Fills your API keys into the sites that you gave them to. The Latchkey app keeps them.',
    showKeys: 'Show the keys for this site',
    fill: 'Fill a key into the field',
  },
  menuEntry: 'Fill a key from Latchkey',
  badge: {
    filled: (name: string) => `Latchkey: filled ${name}`,
    asking: 'Latchkey asks you in its window',
    choose: 'Latchkey: choose a key here',
    trouble: (title: string) => `Latchkey: ${title}`,
  },
  again: 'Try again',
  pairAgain: 'Pair again…',
  looking: { here: 'Looking…', inTab: 'Reaching Latchkey…' },
  unpaired: {
    title: 'Pair this browser with Latchkey',
    text: 'Both show a code, once. You compare it, and from then on they know each other.',
    pair: 'Pair…',
  },
  pairing: {
    title: 'Compare the code',
    where: 'Latchkey shows a code in a window of its own. It has to be this one.',
    code: (digits: string) => `Code: ${digits}`,
    confirmed: 'Now confirm it in Latchkey’s window too.',
    other: 'If it is another one, something stands between the two: cancel.',
    cancel: 'Cancel',
    same: 'Same code',
  },
  paired: {
    title: 'This browser is paired',
    text: 'Open a site, click into its field, and choose a key in this menu.',
    close: 'Close this tab',
  },
  keys: {
    fills: (field: string) => `Fills “${field}”`,
    fillsFocused: 'Fills the field you are in',
    list: (site: string) => `Keys for ${site}`,
    none: 'No key belongs to this site yet.',
    useAnother: 'Use another key on this site…',
    use: 'Use a key on this site…',
  },
  choosing: { title: 'Choose in Latchkey', text: (site: string) => `Its window asks which key belongs to ${site}.` },
  filling: {
    title: (name: string) => `Filling ${name}`,
    text: 'If you have not allowed it yet, Latchkey asks you in its window.',
  },
  filled: { title: 'Filled', text: (name: string, site: string) => `${name} is in the field at ${site}.` },
  /** By the extension's own troubles, and by those refusal codes of the app that can occur here. */
  troubles: {
    'not-installed': {
      title: 'Latchkey is not connected to this browser',
      text: 'In the Latchkey app, open Browsers… and connect this one. Then try again.',
    },
    'not-running': { title: 'Latchkey is not running', text: 'Start the Latchkey app, then try again.' },
    ended: { title: 'Latchkey was closed or locked', text: 'Nothing was filled. Open the app, then try again.' },
    unproven: {
      title: 'This is not the Latchkey you paired with',
      text: 'What answered could not prove that it is your app. If you set Latchkey up anew, pair this browser again.',
    },
    locked: { title: 'Latchkey is locked', text: 'Unlock the app, then try again.' },
    'passphrase-needed': { title: 'Latchkey is locked', text: 'Unlock the app, then try again.' },
    'pairing-needed': { title: 'This browser is not paired', text: 'Latchkey has to know it before it gives it anything.' },
    'pairing-refused': {
      title: 'The pairing was refused',
      text: 'It has to be confirmed here and in the app, and only if both show the same code.',
    },
    'pairing-attempts': {
      title: 'Too many pairings were begun',
      text: 'Latchkey takes no more for ten minutes. If you did not begin them, another program did: find out which before you pair.',
    },
    'page-closed': { title: 'Nothing can be filled in here', text: 'The browser lets no extension into this page.' },
    'page-changed': { title: 'The page changed meanwhile', text: 'Nothing was filled. Try again on the page as it is now.' },
    'site-refused': {
      title: 'Not on this page',
      text: 'Keys are filled in at https:// pages, and at http:// on this computer only, never into a frame of another site.',
    },
    'no-field': { title: 'No field for a key', text: 'Click into the field that the key belongs in, then open this again.' },
    'other-frame': {
      title: 'The field belongs to another site',
      text: 'It is in a frame of another site, or of one that is shut off. Nothing is filled in there.',
    },
    gone: { title: 'The field is gone', text: 'Click into the field, then try again.' },
    hidden: { title: 'The field is hidden', text: 'A key goes only into a field that you see.' },
    transparent: { title: 'The field is see-through', text: 'A key goes only into a field that you see.' },
    tiny: { title: 'The field is too small to be seen', text: 'A key goes only into a field that you see.' },
    'off-screen': { title: 'The field is out of sight', text: 'A key goes only into a field that you see.' },
    covered: { title: 'Something covers the field', text: 'Close what lies over it, then try again.' },
    'not-kept': { title: 'The page did not keep the key', text: 'It put something else into the field. Look at it before you go on.' },
    'too-long': { title: 'The key does not fit', text: 'The field takes fewer characters than the key has.' },
    'locked-field': { title: 'The field is read-only', text: 'Click into the field. If you can type there, try again.' },
    'approval-denied': { title: 'You said no', text: 'Nothing was filled.' },
    'approval-expired': { title: 'Nobody answered', text: 'Latchkey asks in a window of its own, for a minute. Nothing was filled.' },
    'approval-busy': {
      title: 'Too many requests',
      text: 'Answer those that wait in Latchkey’s window, or give it a moment, then try again.',
    },
    'key-not-found': { title: 'The key is not here any more', text: 'Open this again to see the keys that are.' },
    'read-only': { title: 'The vault is read-only', text: 'Open the app, which says why and what to do.' },
    'keychain-locked': { title: 'The keychain is locked', text: 'Open the app, which says how to unlock it.' },
  },
  /** Of a code that has no text of its own. */
  unknownTrouble: (code: string) => ({
    title: 'That did not work',
    text: `Nothing was filled. Open the app, then try again. To report it, quote “${code}”.`,
  }),
}
