import { randomBytes } from 'node:crypto'
import { withDeadline } from '../../../shared/deadline.ts'
import type { KeychainReport } from '../../vault/keychain/examine-keychain.ts'
import type { KeychainTrouble } from '../../../shared/lists/keychain.ts'
import type { Keychain, WriteOutcome } from '../../vault/ports/keychain.ts'
import { Secret } from '../../vault/secret.ts'
import { desktopOf } from './desktop.ts'
import { keytarLoads, hasLostItsService } from '../native-calls.ts'
import { OsKeychain } from '../os-keychain.ts'

/** An open keyring answers in milliseconds. A call that takes longer than this is assumed to hang. */
const deadlineMs = 15_000

export interface Options {
  readonly platform: NodeJS.Platform
  /** The variables that identify the desktop. The bus is this process's own. */
  readonly env: NodeJS.ProcessEnv
  /** The keychain to test; by default the OS keychain, under a profile of its own. */
  readonly keychain?: Keychain
}

/**
 * Diagnoses the OS keychain itself, whatever its items are. Never rejects, ends within a minute, and never makes the system prompt for a
 * password: whatever would prompt is detected beforehand and not attempted.
 */
export async function examineKeychain({ platform, env, keychain }: Options): Promise<KeychainReport> {
  const desktop = desktopOf(platform, env)
  const tested = keychain ?? new OsKeychain({ profile: 'doctor', deadline: deadlineMs })
  if (platform !== 'linux') return { provider: null, desktop, findings: listed(troubleOf(await tryKeychain(tested), 'no-service')) }

  const { checkService, currentOwner } = await import('./secret-service-check.ts') // loads a D-Bus client, which other systems do not need
  const { trouble, provider, owner } = await checkService()
  const library = keytarLoads() ? null : 'library-missing'
  // Both are reported at once: after fixing one, the other would still be in the way.
  if (trouble !== null || library !== null) return { provider, desktop, findings: listed(library, trouble) }
  // The service is there and answers. If the test still fails, the service denied it.
  const found = troubleOf(await tryKeychain(tested), 'denied')
  const hasEnded = found !== null && (hasLostItsService() || (await currentOwner()) !== owner)
  return { provider, desktop, findings: listed(hasEnded ? 'died' : found) }
}

/** Writes an item, which is read back and compared, and removes it again. */
async function tryKeychain(keychain: Keychain): Promise<WriteOutcome> {
  const item = randomBytes(8).toString('hex') // unique, because the app and the command line may test at the same time
  const attempt = keychain.write(item, new Secret(randomBytes(16).toString('hex'))).then(async ({ outcome }) => {
    const removed = await keychain.remove(item)
    return outcome === 'ok' ? removed.outcome : outcome
  })
  // The deadline covers everything: an earlier call in the queue may be waiting for a person.
  return withDeadline(attempt, 2 * deadlineMs, () => 'timeout')
}

/** @param other the finding for a failure without a name of its own */
function troubleOf(outcome: Awaited<ReturnType<typeof tryKeychain>>, other: KeychainTrouble): KeychainTrouble | null {
  if (outcome === 'ok') return null
  return outcome === 'unavailable' || outcome === 'mismatch' || outcome === 'too-large' ? other : outcome
}

function listed(...troubles: (KeychainTrouble | null)[]): KeychainTrouble[] {
  return troubles.filter((trouble) => trouble !== null)
}
