import { webcrypto } from 'node:crypto'

/** Electron 25's Node has WebCrypto, but not as `globalThis.crypto`, as browsers and every later Node. */
globalThis.crypto ??= webcrypto
