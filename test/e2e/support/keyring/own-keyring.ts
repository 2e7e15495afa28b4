import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startKeyring } from '../../../../scripts/session/keyring.mjs'
import { endSession, lockKeyring, moveInto, startBareBus } from '../../../main/keychain/fixtures/own-session.ts'
import { unlockKeyring } from './keyring.ts'

/**
 * A bus of this test's own, and a keyring on it that can be locked and stopped: the session's keyring is shared by all tests. Programs that
 * this process starts from then on use it. Only the screen is shared, and the keyring must not see it: it would open a window and wait for
 * a user.
 */
export class OwnKeyring {
  static readonly #password = 'only for this test'
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** A bus without any keyring, and without a service that could start one. */
  static async bus(): Promise<OwnKeyring> {
    const folder = mkdtempSync(join(tmpdir(), 'own-keyring-'))
    moveInto(folder)
    await withoutScreen(() => startBareBus(folder))
    return new OwnKeyring(folder)
  }

  start(): Promise<void> {
    return withoutScreen(() => startKeyring(process.env, OwnKeyring.#password))
  }

  lock(): Promise<void> {
    return lockKeyring()
  }

  unlock(): void {
    unlockKeyring(OwnKeyring.#password)
  }

  async end(): Promise<void> {
    await endSession()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function withoutScreen<T>(step: () => Promise<T>): Promise<T> {
  const display = process.env['DISPLAY']
  delete process.env['DISPLAY']
  try {
    return await step()
  } finally {
    if (display !== undefined) process.env['DISPLAY'] = display
  }
}
