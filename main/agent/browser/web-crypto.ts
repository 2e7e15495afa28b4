import { webcrypto } from 'node:crypto'

/** Electron 25's Node has WebCrypto, but not under the name that it has in browsers and in every later Node. */
globalThis.crypto ??= webcrypto
