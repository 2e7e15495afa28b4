import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFuses } from './fuses.mjs'

/**
 * electron-builder calls this when everything is in the app's folder and nothing is signed yet.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { executableName?: string, appInfo: { productFilename: string } } }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  const executable = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` }[electronPlatformName] ?? packager.executableName ?? productFilename
  await setFuses(join(appOutDir, executable), { complete: !existsSync(join(appOutDir, 'DEVELOPMENT-ONLY.txt')) })
}
