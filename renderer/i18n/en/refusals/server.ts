import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals of the server, and network errors. */
export const serverTexts = {
  'server-url-invalid': {
    title: 'That is not a server’s URL',
    text: 'Latchkey needs the full address, with its scheme. A path is fine, a query, a fragment or a password is not.',
    next: 'Write it like https://keys.example.com or https://example.com/latchkey.',
  },
  'server-url-insecure': {
    title: 'That address is not safe',
    text: 'Over plain http anyone on the way could read your keys. It is accepted for this computer only.',
    next: 'Use an address that starts with https://.',
  },
  'server-unconfirmed': {
    title: 'The server was not confirmed',
    text: 'Latchkey asks in a window of its own before anything secret goes to a server. There was no yes, so nothing was sent.',
    next: 'Check the address, wait ten seconds, then try again and confirm the server.',
  },
  'app-id-invalid': {
    title: 'That is not an app ID',
    text: 'An app ID has letters, digits, hyphens and underscores, like latchkey-abcde.',
    next: 'Copy it from the server’s settings.',
  },
  'app-unknown': {
    title: 'The server does not know that app',
    text: 'The server answered, but it has no app with this ID.',
    next: 'Check the app ID with the server’s operator.',
  },
  'server-unreachable': {
    title: 'The server cannot be reached',
    text: 'You are offline, or the server is. Keys stored here can still be copied.',
    next: 'Check your connection, then try again.',
  },
  'server-untrusted': {
    title: 'The server could not prove who it is',
    text: 'The secure connection failed. Its certificate may be for another address, or not trusted by your system.',
    next: 'Check the server URL, and ask its operator about the certificate.',
  },
  'server-timeout': {
    title: 'The server took too long',
    text: 'It did not answer in time, so Latchkey stopped waiting.',
    next: 'Try again in a moment.',
  },
  'server-error': {
    title: 'The server has a fault',
    text: 'It answered that something is broken on its side.',
    next: 'Try again in a moment, and tell its operator if it lasts.',
  },
  'server-redirected': {
    title: 'The server sent Latchkey elsewhere',
    text: 'It redirected to another address. Your credentials were not sent there.',
    next: 'Ask the operator for the address to use, and connect to that one.',
  },
  'answer-invalid': {
    title: 'The server’s answer makes no sense',
    text: 'What came back is not from an App Services server, so Latchkey did not use it.',
    next: 'Check the server URL, and whether a proxy or sign-in page stands between.',
  },
  'answer-too-large': {
    title: 'The server’s answer is too large',
    text: 'Latchkey stopped reading it, and nothing was changed here.',
    next: 'Check the server URL with its operator.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
