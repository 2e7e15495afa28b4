import { createRequire } from 'node:module'
import { withDeadline } from '../../shared/deadline.ts'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { KeychainFailure } from '../vault/ports/keychain.ts'

export type Keytar = typeof import('keytar')
export type Called<T> = { outcome: 'ok'; value: T } | { outcome: KeychainFailure }

/** keytar's own words for a call it did not carry out, and those of the system behind it. */
const failures: readonly [RegExp, KeychainFailure][] = [
  [/locked/i, 'locked'],
  [/dismissed|cancel|denied|not allowed|auth.*fail|interaction is not allowed/i, 'denied'],
]

/**
 * What libsecret gets told once the program that it first met has ended: it goes on calling that one, which is nobody any more,
 * whoever has come in its place, until the process ends. By dbus-daemon, dbus-broker and GNOME Keyring.
 */
const orphanedMessage = /not provided by any \.service|not activatable|activate remote peer|session wrapping the secret does not exist/i
let isOrphaned = false

const queue = new SerialQueue()
/** A call that outlived its deadline and still holds one of Node's four threads; a second one must not join it. */
let stuck = false

/**
 * Makes a call to keytar, after those before it. One queue for the process and not one for each keychain: every opening of the
 * vault and every look of the doctor makes a keychain, and each could leave one thread behind.
 * @param deadline in milliseconds, from when the call's turn comes
 */
export function callKeytar<T>(call: (keytar: Keytar) => Promise<T>, deadline: number): Promise<Called<T>> {
  return queue.runExclusive(() => callWithDeadline(call, deadline))
}

async function callWithDeadline<T>(call: (keytar: Keytar) => Promise<T>, deadline: number): Promise<Called<T>> {
  if (stuck) return { outcome: 'timeout' }
  const keytar = load()
  if (keytar === null) return { outcome: process.platform === 'linux' ? 'library-missing' : 'unavailable' }
  stuck = true
  const done = call(keytar)
    .then(
      (value) => ({ outcome: 'ok' as const, value }),
      (error: unknown) => ({ outcome: failureOf(error) }),
    )
    .finally(() => {
      stuck = false
    })
  return withDeadline<Called<T>, Called<T>>(done, deadline, () => ({ outcome: 'timeout' }))
}

/**
 * Loaded at the first call and not with the program: on a Linux without libsecret the loading itself fails, and the vault must
 * live to say so. By `require`, which tries again at each call where `import` would remember the failure: the library may have
 * been installed since.
 */
function load(): Keytar | null {
  try {
    return createRequire(import.meta.url)('keytar') as Keytar
  } catch {
    return null
  }
}

/** Whether keytar, and with it the system's library, can be loaded: tried anew each time, without a call to the keychain. */
export function keytarLoads(): boolean {
  return load() !== null
}

/** Whether the last failure was that of a library whose service has ended: only a new process has another. */
export function hasLostItsService(): boolean {
  return isOrphaned
}

/** The error's text stays here: it can hold names of items. */
function failureOf(error: unknown): KeychainFailure {
  const said = error instanceof Error ? error.message : ''
  isOrphaned = orphanedMessage.test(said)
  return failures.find(([pattern]) => pattern.test(said))?.[1] ?? 'unavailable'
}
