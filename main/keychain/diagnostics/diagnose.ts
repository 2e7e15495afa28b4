import { randomBytes } from 'node:crypto'
import { withDeadline } from '../../../shared/deadline.ts'
import type { KeychainReport, KeychainTrouble } from '../../vault/keychain/examine-keychain.ts'
import type { Keychain, KeychainFailure } from '../../vault/ports/keychain.ts'
import { Secret } from '../../vault/secret.ts'
import { desktopOf } from './desktop.ts'
import { keytarLoads, hasLostItsService } from '../native-calls.ts'
import { OsKeychain } from '../os-keychain.ts'

/** An open keyring answers in milliseconds; what takes longer than this waits for an answer that will not come. */
const deadlineMs = 15_000

export interface Options {
  readonly platform: NodeJS.Platform
  /** What tells the desktop. The bus is the one of this process. */
  readonly env: NodeJS.ProcessEnv
  /** The keychain to try out; Latchkey's, with a profile of its own, unless told. */
  readonly keychain?: Keychain
}

/**
 * Finds out what is wrong with the OS keychain, whatever is in it. Never rejects, ends within a minute, and does not have the
 * system ask for a password: what would prompt is found out by looking, and then not tried.
 */
export async function examineKeychain({ platform, env, keychain }: Options): Promise<KeychainReport> {
  const desktop = desktopOf(platform, env)
  const tried = keychain ?? new OsKeychain({ profile: 'doctor', deadline: deadlineMs })
  if (platform !== 'linux') return { provider: null, desktop, findings: listed(troubleOf(await tryKeychain(tried), 'no-service')) }

  const { checkService, currentOwner } = await import('./secret-service-check.ts') // a D-Bus client, which other systems do not need
  const { trouble, provider, owner } = await checkService()
  const library = keytarLoads() ? null : 'library-missing'
  // Both at once: with one of them put right, the other would still be in the way.
  if (trouble !== null || library !== null) return { provider, desktop, findings: listed(library, trouble) }
  // The service answered, and was there; what it then would not do, it refused.
  const found = troubleOf(await tryKeychain(tried), 'denied')
  const hasEnded = found !== null && (hasLostItsService() || (await currentOwner()) !== owner)
  return { provider, desktop, findings: listed(hasEnded ? 'died' : found) }
}

/** Puts an item in, has it read back and compared, and takes it out again. */
async function tryKeychain(keychain: Keychain): Promise<'ok' | 'mismatch' | 'too-large' | KeychainFailure> {
  const item = randomBytes(8).toString('hex') // the app and the command line may examine at once
  const tried = keychain.write(item, new Secret(randomBytes(16).toString('hex'))).then(async ({ outcome }) => {
    const removed = await keychain.remove(item)
    return outcome === 'ok' ? removed.outcome : outcome
  })
  // Over the whole of it: a call before ours may wait for a person for longer than we do.
  return withDeadline(tried, 2 * deadlineMs, () => 'timeout')
}

/** @param other what it means that the call failed for none of the reasons with a name */
function troubleOf(outcome: Awaited<ReturnType<typeof tryKeychain>>, other: KeychainTrouble): KeychainTrouble | null {
  if (outcome === 'ok') return null
  return outcome === 'unavailable' || outcome === 'mismatch' || outcome === 'too-large' ? other : outcome
}

function listed(...troubles: (KeychainTrouble | null)[]): KeychainTrouble[] {
  return troubles.filter((trouble) => trouble !== null)
}
