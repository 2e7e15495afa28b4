import type { OpenStore } from './database.ts'
import type { Write } from './schema.ts'

const targetMs = 5
const [firstSize, minSize, maxSize] = [25, 5, 500]

/**
 * Does work on many rows in short transactions. SQLite runs in this thread, so a long one would keep every request waiting: the number of
 * rows follows the time that the last ones took, and requests get as much time in between. After a power cut some of it may have to be done
 * again.
 * @param step works on `size` rows at most. It returns whether there may be more
 * @param stop ends the work before the next step
 */
export async function inBatches(
  database: OpenStore,
  stop: AbortSignal,
  step: (write: Write, size: number) => Promise<boolean>,
): Promise<void> {
  let size = firstSize
  while (!stop.aborted) {
    let begun = 0
    const more = await database.writeWithoutSync((write) => {
      begun = performance.now()
      return step(write, size)
    })
    if (!more) return
    const took = performance.now() - begun
    if (took > targetMs) size = Math.max(minSize, Math.floor(size / 2))
    else size = Math.min(maxSize, Math.ceil(size * 1.25))
    await new Promise((resolve) => setTimeout(resolve, took))
  }
}
