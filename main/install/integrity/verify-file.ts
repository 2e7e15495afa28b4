import { relative, sep } from 'node:path'
import { digestNow } from './file-digest.ts'
import type { Manifest } from './manifest.ts'
import { DamagedInstall } from './damaged-install.ts'

/**
 * Whether a file that is about to be used is one that was packed, unchanged.
 * @param folder the app's
 * @param file its whole path
 * @returns what is not so; null if all is well
 */
export function examineFile(folder: string, { files }: Manifest, file: string): DamagedInstall | null {
  const name = relative(folder, file).replaceAll(sep, '/')
  const expected = Object.hasOwn(files, name) ? files[name] : undefined
  if (expected === undefined) return new DamagedInstall('added', name)
  try {
    return digestNow(file) === expected ? null : new DamagedInstall('changed', name)
  } catch {
    return new DamagedInstall('missing', name)
  }
}
