import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** @returns whether the object of `make` is no longer reachable: a forced garbage collection takes it */
export async function isCollected(make: () => Promise<object>): Promise<boolean> {
  return areCollected([await weakly(make)])
}

/** @returns whether none of these is reachable any more. False for an empty list, which would prove nothing */
export async function areCollected(seen: readonly WeakRef<object>[]): Promise<boolean> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate) // a WeakRef keeps its target alive until the end of the turn
    collect()
    if (seen.length > 0 && seen.every((one) => one.deref() === undefined)) return true
  }
  return false
}

/** In a frame of its own, which no longer exists when the collection starts. */
async function weakly(make: () => Promise<object>): Promise<WeakRef<object>> {
  return new WeakRef(await make())
}
