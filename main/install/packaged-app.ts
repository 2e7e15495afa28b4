import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { verifyFiles } from './integrity/verify-install.ts'
import { type Manifest, readManifest } from './integrity/manifest.ts'
import { DamagedInstall } from './integrity/damaged-install.ts'

export interface PackagedApp {
  /** The folder that the manifest covers. On macOS the system checks the signature of everything outside of it. */
  readonly folder: string
  readonly manifest: Manifest
}

/**
 * The packaged app's folder and signed manifest; null for a checkout, which has no manifest.
 * @throws DamagedInstall if the manifest is missing or not signed by the publisher
 */
export function packagedApp(): PackagedApp | null {
  if (!app.isPackaged) return null
  const resources = process.resourcesPath
  return { folder: process.platform === 'darwin' ? resources : join(resources, '..'), manifest: readManifest(resources, publisherKey()) }
}

/** Verifies every file of the package, which takes a second. True for a checkout. */
export async function isInstallIntact(): Promise<boolean> {
  try {
    const found = packagedApp()
    return found === null || (await verifyFiles(found.folder, found.manifest)).length === 0
  } catch (error) {
    if (error instanceof DamagedInstall) return false
    throw error
  }
}

/** The public key that must have signed the manifest. It is in the archive, beside this code. */
function publisherKey(): string {
  const { publisher: key } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { publisher?: unknown }
  return typeof key === 'string' ? key : ''
}
