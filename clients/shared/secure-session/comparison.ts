import { type Bytes, decode, encode } from './bytes.ts'
import { digest } from './digest.ts'
import { type Key, publicBytes } from './keys.ts'
import { version } from './opening.ts'
import { SessionFault } from './session-fault.ts'

/** Whose commitment it is. A side's own commitment, reflected to it, is not accepted as the other's. */
export type Side = 'extension' | 'app'

/** Commits to a nonce that is revealed later, so that it cannot be changed. Its 32 bytes cannot be found by trial. */
export async function commitmentTo(side: Side, key: Key, nonce: Bytes): Promise<string> {
  return encode(await digest(`latchkey pairing ${version} commitment of the ${side}`, await publicBytes(key), nonce))
}

/** @returns the nonce. @throws SessionFault `unproven` if it is not the one that this side committed to, with this key */
export async function openCommitment(side: Side, commitment: string, key: Key, nonce: string): Promise<Bytes> {
  const bytes = decode(nonce)
  if ((await commitmentTo(side, key, bytes)) !== commitment) throw new SessionFault('unproven')
  return bytes
}

export interface Compared {
  readonly extensionKey: Key
  readonly appKey: Key
  readonly extensionNonce: Bytes
  readonly appNonce: Bytes
}

/** @returns the six digits that both sides show. Reduced from 64 bits, so that all codes are equally likely */
export async function comparisonCode({ extensionKey, appKey, extensionNonce, appNonce }: Compared): Promise<string> {
  const keys = [await publicBytes(extensionKey), await publicBytes(appKey)]
  const bytes = await digest(`latchkey pairing ${version} code`, ...keys, extensionNonce, appNonce)
  return String(new DataView(bytes.buffer).getBigUint64(0) % 1_000_000n).padStart(6, '0')
}

export function newNonce(): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(32))
}
