import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

/** The cost of one Argon2id derivation: memory in KiB, passes over it, parallel lanes. */
export interface Cost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** OWASP's minimum. Without it, somebody who can write the file could lower its cost and wait for the passphrase to be typed once more. */
export const minCost: Cost = { memory: 19 * 1024, passes: 2, lanes: 1 }
/** No file may ask for more: opening it would take all memory, or never end. */
export const maxCost: Cost = { memory: 1024 * 1024, passes: 64, lanes: 4 }

/** Milliseconds that opening the vault may take on the computer that created it, for a person as well as for a guesser. */
const targetMs = 700
/** The most memory, in KiB, that Latchkey itself chooses: more would slow other programs down. */
const maxCalibratedMemory = 256 * 1024

const minLength = 12

/** @throws Refusal `passphrase-weak` for fewer than 12 characters, or if all are the same */
export function requireStrong(passphrase: Secret): void {
  const characters = [...normalise(passphrase)]
  if (characters.length < minLength || new Set(characters).size === 1) throw new Refusal('passphrase-weak')
}

/**
 * Derives 32 bytes with Argon2id, version 1.3, in another thread, so that the window stays responsive.
 * @throws Refusal `profile-corrupt` if the cost is below the minimum or above the maximum
 */
export async function deriveKey(passphrase: Secret, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  for (const part of ['memory', 'passes', 'lanes'] as const) {
    const isAllowed = Number.isInteger(cost[part]) && cost[part] >= minCost[part] && cost[part] <= maxCost[part]
    if (!isAllowed) throw new Refusal('profile-corrupt')
  }
  return argon2id(Buffer.from(normalise(passphrase)), salt, cost)
}

/**
 * Chooses a cost of about 0.7 s on this computer: memory first, which is what a guesser's hardware lacks, then passes. Always between
 * minimum and maximum, whatever was measured.
 * @param measure milliseconds that a derivation of this cost takes
 */
export async function calibrate(measure: (cost: Cost) => Promise<number> = millisecondsOf): Promise<Cost> {
  // The shorter of two runs: the first also loads the library, and a busy moment must not lower the cost of this vault.
  const perPass = async (cost: Cost): Promise<number> => Math.min(await measure(cost), await measure(cost)) / (cost.memory * cost.passes)
  const memoryFor = (each: number, limit: number): number => clamp(targetMs / (each * minCost.passes), minCost.memory, limit)
  // A small amount of memory fits into the processor's caches and is faster per KiB than a large one, so this result only says what to
  // measure next.
  const estimate: Cost = { ...minCost, memory: memoryFor(await perPass(minCost), maxCalibratedMemory) }
  const msPerKiB = await perPass(estimate)
  const memory = memoryFor(msPerKiB, estimate.memory)
  return { ...minCost, memory, passes: clamp(targetMs / (msPerKiB * memory), minCost.passes, maxCost.passes) }
}

async function millisecondsOf(cost: Cost): Promise<number> {
  const start = performance.now()
  await argon2id(Buffer.from('measured'), Buffer.alloc(16), cost)
  return performance.now() - start
}

async function argon2id(text: Buffer, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  const { hashRaw } = await import('@node-rs/argon2') // loads native code that a vault in the OS keychain does not need
  try {
    return await hashRaw(text, {
      algorithm: 2, // Argon2id; the library exports the names as types only
      version: 1, // 1.3
      memoryCost: cost.memory,
      timeCost: cost.passes,
      parallelism: cost.lanes,
      outputLen: 32,
      salt,
    })
  } finally {
    text.fill(0)
  }
}

/** Yields the same text on any keyboard: é is one character on some and two on others. */
function normalise(passphrase: Secret): string {
  return passphrase.expose().normalize('NFKC')
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(Math.round(value), min), max)
}
