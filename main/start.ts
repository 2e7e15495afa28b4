import { join } from 'node:path'
import { app, dialog } from 'electron'
import { type PackagedApp, packagedApp } from './install/packaged-app.ts'
import { verifyFile } from './install/integrity/verify-file.ts'
import { verifyNativeModules } from './install/integrity/native-modules.ts'
import { type Damage, DamagedInstall } from './install/integrity/damaged-install.ts'
import { en } from './i18n/en.ts'
import { languageOf } from './i18n/language.ts'
import { setLanguage, texts } from './i18n/texts.ts'
import { skipSdkTransport } from './realm/skip-sdk-transport.ts'

/**
 * The first code of the app. It verifies a packaged app against its signed manifest, and only then loads the rest, which loads native code.
 * A checkout has no manifest and is not verified.
 */
try {
  const packaged = packagedApp()
  if (packaged !== null) verify(packaged)
  skipSdkTransport()
  void import('./index.ts').catch(stopIfDamaged)
} catch (error) {
  stopIfDamaged(error)
}

/**
 * @throws DamagedInstall if the archive differs from the manifest. Electron itself checks the archive on macOS and Windows, but not on
 * Linux
 */
function verify({ folder, manifest }: PackagedApp): void {
  verifyNativeModules(folder, manifest, stop)
  const fault = verifyFile(folder, manifest, join(process.resourcesPath, 'app.asar'))
  if (fault !== null) throw fault
}

function stopIfDamaged(error: unknown): void {
  if (!(error instanceof DamagedInstall)) throw error
  stop(error)
}

let stopping = false

function stop({ damage, file }: DamagedInstall): void {
  if (stopping) return
  stopping = true
  process.stderr.write(`latchkey: will not start: ${en.damage[kindOf(damage)](file)}\n`)
  // Not `showErrorBox`: it blocks in native code, and the app would not end with the desktop session.
  void app
    .whenReady()
    .then(() => {
      setLanguage(languageOf('system', app.getPreferredSystemLanguages()))
      const damageTexts = texts().damage
      return dialog.showMessageBox({
        type: 'error',
        title: 'Latchkey',
        message: damageTexts.title,
        detail: `${damageTexts[kindOf(damage)](file)}\n\n${damageTexts.todo}`,
      })
    })
    .finally(() => app.exit(1))
}

function kindOf(damage: Damage): 'changed' | 'missing' | 'added' {
  return damage === 'changed' || damage === 'added' ? damage : 'missing'
}
