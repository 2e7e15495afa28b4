import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../vault/refusal.ts'

const setAsideMark = '.set-aside-'

/**
 * Puts a cache that cannot be used out of the way: it and what Realm keeps beside it are renamed in their folder, to
 * `<name>.set-aside-<YYYYMMDDTHHMMSS>`, in UTC, with `-2`, `-3` … where that is taken. Nothing is deleted or written over.
 * Whoever had it open has closed it. Done again, or with nothing there, it does nothing.
 * @throws Refusal `profile-unusable` if the folder does not let it
 */
export function setCacheAside(path: string): void {
  try {
    const [folder, file] = [dirname(path), basename(path)]
    if (!existsSync(folder)) return
    const beside = readdirSync(folder).filter((name) => name.startsWith(`${file}.`) && !name.includes(setAsideMark))
    // The cache itself is last: stopped on the way, this is seen to be undone and is done again.
    const names = [...beside, ...(existsSync(path) ? [file] : [])]
    const suffix = freeSuffix(names.map((name) => join(folder, name)))
    for (const name of names) renameSync(join(folder, name), join(folder, name + suffix))
  } catch {
    throw new Refusal('profile-unusable') // its message holds the path
  }
}

function freeSuffix(paths: readonly string[]): string {
  const stamp = setAsideMark + new Date().toISOString().replace(/[-:]|\..*/g, '')
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? stamp : `${stamp}-${count}`
    if (!paths.some((path) => existsSync(path + suffix))) return suffix
  }
}
