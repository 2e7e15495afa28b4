import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFuses } from './fuses.mjs'
import { writeManifest } from '../signing/manifest.mjs'
import { signNatives } from '../signing/sign-natives.mjs'
import { signingKey } from '../signing/signing-key.mjs'

/**
 * electron-builder calls this when everything is in the app's folder and nothing is signed yet.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { executableName?: string, appInfo: { productFilename: string,
 * version: string } } }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName: platform, packager }) {
  const { productFilename, version } = packager.appInfo
  const executable =
    { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` }[platform] ?? packager.executableName ?? productFilename
  const development = existsSync(join(appOutDir, 'DEVELOPMENT-ONLY.txt'))
  await setFuses(join(appOutDir, executable), { complete: !development })
  const mac = platform === 'darwin'
  const resources = mac ? join(appOutDir, executable, 'Contents', 'Resources') : join(appOutDir, 'resources')
  if (mac) await signNatives(resources)
  const release = !version.endsWith('-dev')
  writeManifest({ folder: mac ? resources : appOutDir, resources, platform, version, release, key: signingKey(release) })
}
