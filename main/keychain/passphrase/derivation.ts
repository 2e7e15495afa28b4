import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

/** What one Argon2id derivation costs whoever makes it: memory in KiB, passes over it, lanes side by side. */
export interface Cost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** OWASP's least. Whoever can write the file could lower its cost and wait for the passphrase to be typed once more. */
export const minCost: Cost = { memory: 19 * 1024, passes: 2, lanes: 1 }
/** No file may ask for more: opening it would take all memory, or for ever. */
export const maxCost: Cost = { memory: 1024 * 1024, passes: 64, lanes: 4 }

/** Milliseconds that opening the vault may take on the computer that made it: a person waits so long, a guesser as well. */
const targetMs = 700
/** The most memory, in KiB, that Latchkey itself asks for: more would push out the programs beside it. */
const maxCalibratedMemory = 256 * 1024

const minLength = 12

/** @throws Refusal `passphrase-weak` under 12 characters, or if all are the same */
export function requireStrong(passphrase: Secret): void {
  const characters = [...normalise(passphrase)]
  if (characters.length < minLength || new Set(characters).size === 1) throw new Refusal('passphrase-weak')
}

/**
 * @returns 32 bytes. Argon2id, version 1.3, in a thread of its own: the window goes on meanwhile.
 * @throws Refusal `profile-corrupt` if the cost is below the floor or above the ceiling
 */
export async function deriveKey(passphrase: Secret, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  for (const part of ['memory', 'passes', 'lanes'] as const) {
    const isAllowed = Number.isInteger(cost[part]) && cost[part] >= minCost[part] && cost[part] <= maxCost[part]
    if (!isAllowed) throw new Refusal('profile-corrupt')
  }
  return argon2id(Buffer.from(normalise(passphrase)), salt, cost)
}

/**
 * The cost that takes about 0.7 s on this computer: memory first, which is what a guesser's hardware is short of, then passes.
 * Within floor and ceiling whatever was measured.
 * @param measure milliseconds that a derivation of this cost takes
 */
export async function calibrate(measure: (cost: Cost) => Promise<number> = millisecondsOf): Promise<Cost> {
  // The shorter of two: the first also pays for loading the library, and a busy moment must not make a cheap vault for good.
  const perPass = async (cost: Cost): Promise<number> => Math.min(await measure(cost), await measure(cost)) / (cost.memory * cost.passes)
  const memoryFor = (each: number, limit: number): number => clamp(targetMs / (each * minCost.passes), minCost.memory, limit)
  // A little memory lies in the processor's caches, and is faster a piece than much: it says what to try, not what to take.
  const tried: Cost = { ...minCost, memory: memoryFor(await perPass(minCost), maxCalibratedMemory) }
  const each = await perPass(tried)
  const memory = memoryFor(each, tried.memory)
  return { ...minCost, memory, passes: clamp(targetMs / (each * memory), minCost.passes, maxCost.passes) }
}

async function millisecondsOf(cost: Cost): Promise<number> {
  const start = performance.now()
  await argon2id(Buffer.from('measured'), Buffer.alloc(16), cost)
  return performance.now() - start
}

async function argon2id(text: Buffer, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  const { hashRaw } = await import('@node-rs/argon2') // native code that a vault in the OS keychain does not need
  try {
    return await hashRaw(text, {
      algorithm: 2, // Argon2id: the library's names for these are not there at run time
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

/** The same passphrase from any keyboard: é is one character on some and two on others. */
function normalise(passphrase: Secret): string {
  return passphrase.expose().normalize('NFKC')
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(Math.round(value), min), max)
}
