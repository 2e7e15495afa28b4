import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals of a release: to a site, a program or another window. */
export const outletTexts = {
  'approval-denied': {
    title: 'You said no',
    text: 'The request was refused, and nothing was given.',
    next: 'Ask again, and allow it in the window that comes up.',
  },
  'approval-expired': {
    title: 'Nobody answered',
    text: 'A request waits for a minute. After that it is refused, and nothing is given.',
    next: 'Ask again, and answer in the window that comes up.',
  },
  'approval-busy': {
    title: 'Too many requests',
    text: 'More were made than a person can answer, so this one was refused.',
    next: 'Answer or refuse those that wait, or give it a moment, then ask again.',
  },
  'site-invalid': {
    title: 'That is not a site’s address',
    text: 'A key is filled in at https:// addresses, and at http:// on this computer only.',
    next: 'Write it like https://console.example.com.',
  },
  'site-refused': {
    title: 'Not on this page',
    text: 'It is not the site, port or frame that this key was given to.',
    next: 'Check the address. If it is right, use the key on this site from the extension’s menu.',
  },
  'key-ambiguous': {
    title: 'More than one account has such a key',
    text: 'Its name alone does not tell which is meant.',
    next: 'Name the account too, as ACCOUNT/KEY.',
  },
  'request-invalid': {
    title: 'That request makes no sense',
    text: 'The program that asked is of another version, or it is not what it says.',
    next: 'Update Latchkey and its extension, then try again.',
  },
  'agent-blocked': {
    title: 'Other programs cannot reach Latchkey',
    text: 'Something is in the place of its socket, or others may write to the folder it has to be in. The latchkey command and the browsers’ extensions get no answer.',
    next: 'Quit every Latchkey of yours, sign out of the computer and in again, then open Latchkey.',
  },
  'agent-unsupported': {
    title: 'Latchkey answers no other program here',
    text: 'This system does not tell Latchkey which program is asking, so it answers none: neither the latchkey command nor a browser’s extension.',
    next: 'Use the palette, or copy the key here.',
  },
  'pairing-needed': {
    title: 'This browser is not paired',
    text: 'Its extension has to be known before it is given anything.',
    next: 'Open the extension and compare the code that both show.',
  },
  'pairing-refused': {
    title: 'The pairing was refused',
    text: 'The codes were not confirmed on both sides, so the browser stays unknown.',
    next: 'Pair again, and confirm only if both show the same code.',
  },
  'pairing-attempts': {
    title: 'Too many pairings were begun',
    text: 'Five pairings were begun in ten minutes and not confirmed. Each is a try at a code, so Latchkey takes no more for now.',
    next: 'Wait ten minutes, then pair again. If you did not begin them, another program did: find out which before you pair.',
  },
  'browser-unknown': {
    title: 'That browser is not here',
    text: 'Latchkey found no folder of it in your profile.',
    next: 'Start the browser once, then try again.',
  },
  'browser-unwritable': {
    title: 'Latchkey cannot be registered there',
    text: 'The browser’s folder for it is a link, belongs to somebody else, or has another program’s file under Latchkey’s name.',
    next: 'Put that folder right, then try again.',
  },
  'typing-unavailable': {
    title: 'Latchkey cannot type on this desktop',
    text: 'It has no way of typing into another window here.',
    next: 'Copy the key instead, and paste it where it belongs.',
  },
  'typing-untypable': {
    title: 'This value cannot be typed',
    text: 'It has a character that no key of a keyboard gives.',
    next: 'Copy the key instead, and paste it where it belongs.',
  },
  'target-none': {
    title: 'There is no window to type into',
    text: 'No other program’s window had the focus.',
    next: 'Click into the field first, then open the palette.',
  },
  'target-browser': {
    title: 'That window is a browser',
    text: 'Any page could be in it, and the window does not tell which.',
    next: 'Fill the key in with the extension, which checks the site.',
  },
  'target-changed': {
    title: 'Another window came to the front',
    text: 'Latchkey stopped typing at once. Part of the value may be in the first window.',
    next: 'Clear that field, then try again.',
  },
  'keys-held': {
    title: 'A key was held down',
    text: 'Held together with the value it could do something else there, so nothing was typed.',
    next: 'Let go of all keys, then try again.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
