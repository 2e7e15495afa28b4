import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { digestFile } from './file-digest.ts'
import { type Manifest, manifestFile, signatureFile } from './manifest.ts'
import { DamagedInstall } from './damaged-install.ts'

/**
 * Files that packagers add beside the app's own when a package is made or installed. The app loads no code from them. The libraries of an
 * AppImage, which it does load, are in the manifest.
 */
const packagerFiles = new Set([
  ...[manifestFile, signatureFile, 'app-update.yml', 'package-type', 'elevate.exe'].flatMap((name) => [name, `resources/${name}`]),
  'resources/apparmor-profile',
  ...['AppRun', '.DirIcon', 'latchkey.desktop', 'latchkey-desktop.desktop', 'latchkey-desktop.png', 'Uninstall Latchkey.exe'],
])

/**
 * Verifies that every file of the manifest is there and unchanged, and that there are no other files.
 * @param folder the app's folder
 * @returns the damages, sorted by path
 */
export async function verifyFiles(folder: string, { files }: Manifest): Promise<DamagedInstall[]> {
  const faults: DamagedInstall[] = []
  for (const [name, expected] of Object.entries(files)) {
    const found = await digestFile(join(folder, name)).catch(() => null)
    if (found !== expected) faults.push(new DamagedInstall(found === null ? 'missing' : 'changed', name))
  }
  const added = filesBelow(folder).filter((name) => !Object.hasOwn(files, name) && !isPackagerFile(name))
  return [...faults, ...added.map((name) => new DamagedInstall('added', name))].sort((a, b) => (a.file < b.file ? -1 : 1))
}

function isPackagerFile(name: string): boolean {
  return packagerFiles.has(name) || name.startsWith('usr/share/icons/')
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
    return [relative(root, folder).replaceAll(sep, '/')] // every packed folder can be read, so this one was added
  }
}
