import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { examineFiles } from './integrity/verify-install.ts'
import { type Manifest, readManifest } from './integrity/manifest.ts'
import { DamagedInstall } from './integrity/damaged-install.ts'

export interface PackagedApp {
  /** Of all that the manifest covers. What is outside of it on macOS has a signature that the system looks at. */
  readonly folder: string
  readonly manifest: Manifest
}

/**
 * What was packed, by the word of who packed it; null for a checkout, which has nothing to compare with.
 * @throws NotWhole if there is no such word
 */
export function packagedApp(): PackagedApp | null {
  if (!app.isPackaged) return null
  const resources = process.resourcesPath
  return { folder: process.platform === 'darwin' ? resources : join(resources, '..'), manifest: readManifest(resources, publisher()) }
}

/** Looks at every file of the package, which takes a second. */
export async function isWhole(): Promise<boolean> {
  try {
    const found = packagedApp()
    return found === null || (await examineFiles(found.folder, found.manifest)).length === 0
  } catch (error) {
    if (error instanceof DamagedInstall) return false
    throw error
  }
}

/** By whose key the manifest has to be signed. It is in the archive, which holds this code too. */
function publisher(): string {
  const { publisher: key } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { publisher?: unknown }
  return typeof key === 'string' ? key : ''
}
