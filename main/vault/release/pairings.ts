import { randomBytes } from 'node:crypto'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Pairing } from '../model/pairing.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'

/** Oldest first. */
export function listPairings(vault: UnlockedVault): Pairing[] {
  return vault.cache.pairings()
}

/**
 * Stores a pairing whose code a person has confirmed.
 * @param ourKey our private key for this pairing alone; stored sealed
 * @throws Refusal `read-only`
 */
export function addPairing(
  vault: UnlockedVault,
  { browser, theirKey, ourKey }: { browser: string; theirKey: string; ourKey: Secret },
): Pairing {
  requireWritable(vault)
  const id = randomBytes(8).toString('hex')
  const sealed = sealOurKey(vault, { id, theirKey }, ourKey)
  const pairing: Pairing = { id, browser, theirKey, ourKey: sealed, at: vault.clock(), lastAt: null }
  vault.cache.commit([{ op: 'put-pairing', pairing }])
  return pairing
}

/** @throws Refusal `profile-corrupt` if the record was changed */
export function ourKeyOf({ root }: Pick<UnlockedVault, 'root'>, { id, theirKey, ourKey }: Pairing): Secret {
  return root.open(ourKey, binding(id, theirKey))
}

function sealOurKey({ root }: Pick<UnlockedVault, 'root'>, { id, theirKey }: Pick<Pairing, 'id' | 'theirKey'>, ourKey: Secret): string {
  return root.seal(ourKey, binding(id, theirKey))
}

/** Records that the extension connected now. @throws Refusal `pairing-needed` */
export function touchPairing(vault: UnlockedVault, id: string): void {
  const pairing = requirePairing(vault, id)
  vault.cache.commit([{ op: 'put-pairing', pairing: { ...pairing, lastAt: vault.clock() } }])
}

/** Forgets an extension and all approvals for it. Idempotent. */
export function dropPairing(vault: UnlockedVault, id: string): void {
  vault.cache.commit([{ op: 'drop-pairing', id }])
}

/** @throws Refusal `pairing-needed` */
export function requirePairing(vault: UnlockedVault, id: string): Pairing {
  const pairing = vault.cache.pairings().find((candidate) => candidate.id === id)
  if (pairing === undefined) throw new Refusal('pairing-needed')
  return pairing
}

/** The sealed key is bound to the extension's key: it does not open in another pairing's record. */
function binding(id: string, theirKey: string): string {
  return `pairing/${id}/${theirKey}`
}
