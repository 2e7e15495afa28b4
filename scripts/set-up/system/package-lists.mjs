import { statSync } from 'node:fs'
import { join } from 'node:path'

/** An older list can name packages that the archive has replaced or removed since. */
const staleAfterMs = 24 * 60 * 60 * 1000

/**
 * Whether apt's package lists have to be updated before packages are installed from them. The age is that of the folders: a list's own time
 * is the archive's, while every `apt-get update` downloads into `partial`.
 * @param {string} [folder] where apt keeps its lists
 * @param {number} [now] milliseconds since 1970
 * @returns {boolean} also true if the lists were never fetched
 */
export function listsAreStale(folder = '/var/lib/apt/lists', now = Date.now()) {
  const fetched = [folder, join(folder, 'partial')].map((one) => statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return now - Math.max(...fetched) > staleAfterMs
}
