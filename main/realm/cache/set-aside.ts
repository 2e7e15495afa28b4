import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../vault/refusal.ts'

const setAsideMark = '.set-aside-'

/**
 * Sets an unusable cache aside: it and the files that Realm keeps beside it are renamed in their folder, to
 * `<name>.set-aside-<YYYYMMDDTHHMMSS>` (UTC), with `-2`, `-3` … if that exists. Nothing is deleted or overwritten. The cache must be
 * closed. Idempotent.
 * @throws Refusal `profile-unusable` if the folder cannot be changed
 */
export function setCacheAside(path: string): void {
  try {
    const [folder, file] = [dirname(path), basename(path)]
    if (!existsSync(folder)) return
    const beside = readdirSync(folder).filter((name) => name.startsWith(`${file}.`) && !name.includes(setAsideMark))
    // The cache itself is renamed last: after an interruption the remaining files are renamed at the next attempt.
    const names = [...beside, ...(existsSync(path) ? [file] : [])]
    const suffix = freeSuffix(names.map((name) => join(folder, name)))
    for (const name of names) renameSync(join(folder, name), join(folder, name + suffix))
  } catch {
    throw new Refusal('profile-unusable') // the error's message contains the path
  }
}

function freeSuffix(paths: readonly string[]): string {
  const stamp = setAsideMark + new Date().toISOString().replace(/[-:]|\..*/g, '')
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? stamp : `${stamp}-${count}`
    if (!paths.some((path) => existsSync(path + suffix))) return suffix
  }
}
