import { statSync } from 'node:fs'
import { join } from 'node:path'

/** A list this old can name packages that the archive has since replaced: a browser of half a year ago, or one that is no longer there. */
const staleAfterMs = 24 * 60 * 60 * 1000

/**
 * Whether apt's package lists are to be fetched again before anything is installed from them. The age is that of the folders: a
 * list's own time is the archive's, while every `apt-get update` downloads into `partial`.
 * @param {string} [folder] where apt keeps its lists
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} also when the lists were never fetched
 */
export function listsAreStale(folder = '/var/lib/apt/lists', now = Date.now()) {
  const fetched = [folder, join(folder, 'partial')].map((one) => statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return now - Math.max(...fetched) > staleAfterMs
}
