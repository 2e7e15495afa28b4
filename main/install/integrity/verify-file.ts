import { relative, sep } from 'node:path'
import { digestFileSync } from './file-digest.ts'
import type { Manifest } from './manifest.ts'
import { DamagedInstall } from './damaged-install.ts'

/**
 * Verifies that a file is in the manifest and unchanged.
 * @param folder the app's folder
 * @param file its absolute path
 * @returns the damage; null for an intact file
 */
export function verifyFile(folder: string, { files }: Manifest, file: string): DamagedInstall | null {
  const name = relative(folder, file).replaceAll(sep, '/')
  const expected = Object.hasOwn(files, name) ? files[name] : undefined
  if (expected === undefined) return new DamagedInstall('added', name)
  try {
    return digestFileSync(file) === expected ? null : new DamagedInstall('changed', name)
  } catch {
    return new DamagedInstall('missing', name)
  }
}
