import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { digestOf } from './file-digest.ts'
import { type Manifest, manifestFile, signatureFile } from './manifest.ts'
import { DamagedInstall } from './damaged-install.ts'

/**
 * What the kinds of packages put beside the app's files when they are made or installed: none of it is code that the app loads. The
 * libraries of an AppImage, which it does load, are in the signed list.
 */
const ofPackages = new Set([
  ...[manifestFile, signatureFile, 'app-update.yml', 'package-type', 'elevate.exe'].flatMap((name) => [name, `resources/${name}`]),
  'resources/apparmor-profile',
  ...['AppRun', '.DirIcon', 'latchkey.desktop', 'latchkey-desktop.desktop', 'latchkey-desktop.png', 'Uninstall Latchkey.exe'],
])

/**
 * Whether every file that was packed is there and unchanged, and no other.
 * @param folder the app's
 * @returns what is not so, by path; empty if all is well
 */
export async function examineFiles(folder: string, { files }: Manifest): Promise<DamagedInstall[]> {
  const faults: DamagedInstall[] = []
  for (const [name, expected] of Object.entries(files)) {
    const found = await digestOf(join(folder, name)).catch(() => null)
    if (found !== expected) faults.push(new DamagedInstall(found === null ? 'missing' : 'changed', name))
  }
  const added = filesBelow(folder).filter((name) => !Object.hasOwn(files, name) && !isOfPackage(name))
  return [...faults, ...added.map((name) => new DamagedInstall('added', name))].sort((a, b) => (a.file < b.file ? -1 : 1))
}

function isOfPackage(name: string): boolean {
  return ofPackages.has(name) || name.startsWith('usr/share/icons/')
}

function filesBelow(folder: string): string[] {
  const before = process.noAsar
  process.noAsar = true // app.asar is a file here
  try {
    return walk(folder, folder)
  } finally {
    process.noAsar = before
  }
}

function walk(root: string, folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? walk(root, path) : [relative(root, path).replaceAll(sep, '/')]
    })
  } catch {
    return [relative(root, folder).replaceAll(sep, '/')] // none that was packed cannot be looked into
  }
}
