import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** @returns whether nothing holds what `make` gave any more: a forced collection takes it */
export async function isCollected(make: () => Promise<object>): Promise<boolean> {
  return areCollected([await weakly(make)])
}

/** @returns whether nothing holds any of these any more. False for none: what was never seen proves nothing */
export async function areCollected(seen: readonly WeakRef<object>[]): Promise<boolean> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate) // what a WeakRef gave, or was made of, lives until the end of its turn
    collect()
    if (seen.length > 0 && seen.every((one) => one.deref() === undefined)) return true
  }
  return false
}

/** In a frame of its own, which is gone when the collection begins. */
async function weakly(make: () => Promise<object>): Promise<WeakRef<object>> {
  return new WeakRef(await make())
}
