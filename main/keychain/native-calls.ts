import { createRequire } from 'node:module'
import { withDeadline } from '../../shared/deadline.ts'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { KeychainFailure } from '../vault/ports/keychain.ts'
import { orElse } from '../../shared/or-else.ts'

export type Keytar = typeof import('keytar')
export type Called<T> = { outcome: 'ok'; value: T } | { outcome: KeychainFailure }

/** Messages of keytar, and of the system behind it, for a call that failed. */
const failures: readonly [RegExp, KeychainFailure][] = [
  [/locked/i, 'locked'],
  [/dismissed|cancel|denied|not allowed|auth.*fail|interaction is not allowed/i, 'denied'],
]

/**
 * libsecret's error after the Secret Service that it first connected to has ended. It keeps calling that service, even if another one has taken over the
 * name, until the process ends. The messages are those of dbus-daemon, dbus-broker and GNOME Keyring.
 */
const orphanedMessage = /not provided by any \.service|not activatable|activate remote peer|session wrapping the secret does not exist/i
let isOrphaned = false

const queue = new SerialQueue()
/** Whether a call has exceeded its deadline and still holds one of Node's four threads; a second one must not join it. */
let stuck = false

/**
 * Calls keytar, one call after another. There is one queue for the process and not one for each keychain: every opening of the vault and
 * every diagnosis creates a keychain, and each could block one thread.
 * @param deadline in milliseconds, from the start of the call
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
 * Loads keytar at the first call and not at start: on a Linux without libsecret the loading itself fails, which the vault must report.
 * `require` is used because it retries at each call, while `import` would cache the failure: the library may have been installed since.
 */
function load(): Keytar | null {
  return orElse(() => createRequire(import.meta.url)('keytar') as Keytar, null)
}

/** Whether keytar, and the system library that it needs, can be loaded. Tried anew at each call, without a call to the keychain. */
export function keytarLoads(): boolean {
  return load() !== null
}

/** Whether the last call failed because libsecret's service has ended. Only a new process can connect to another one. */
export function hasLostItsService(): boolean {
  return isOrphaned
}

/** The error's text is not passed on, because it can contain names of items. */
function failureOf(error: unknown): KeychainFailure {
  const message = error instanceof Error ? error.message : ''
  isOrphaned = orphanedMessage.test(message)
  return failures.find(([pattern]) => pattern.test(message))?.[1] ?? 'unavailable'
}
