import { join } from 'node:path'
import { app, dialog } from 'electron'
import { type PackagedApp, packagedApp } from './install/packaged-app.ts'
import { examineFile } from './install/integrity/verify-file.ts'
import { guardNatives } from './install/integrity/native-modules.ts'
import { type Damage, DamagedInstall } from './install/integrity/damaged-install.ts'
import { en } from './i18n/en.ts'
import { languageOf } from './i18n/language.ts'
import { speak, texts } from './i18n/texts.ts'

/**
 * The very first of the app: makes sure that what runs is what was packed, and only then loads the rest, which brings native code. A
 * checkout has nothing to compare with.
 */
try {
  const packaged = packagedApp()
  if (packaged !== null) guard(packaged)
  void import('./index.ts').catch(stopIfNotWhole)
} catch (error) {
  stopIfNotWhole(error)
}

/** @throws NotWhole if the archive is not what was packed: macOS and Windows compare what they read from it themselves, Linux does not */
function guard({ folder, manifest }: PackagedApp): void {
  guardNatives(folder, manifest, stop)
  const fault = examineFile(folder, manifest, join(process.resourcesPath, 'app.asar'))
  if (fault !== null) throw fault
}

function stopIfNotWhole(error: unknown): void {
  if (!(error instanceof DamagedInstall)) throw error
  stop(error)
}

let stopping = false

function stop({ damage, file }: DamagedInstall): void {
  if (stopping) return
  stopping = true
  process.stderr.write(`latchkey: will not start: ${en.damage[kindOf(damage)](file)}\n`)
  // Not the box that waits in C: it would hold up the signal of an ending session.
  void app
    .whenReady()
    .then(() => {
      speak(languageOf('system', app.getPreferredSystemLanguages()))
      const words = texts().damage
      return dialog.showMessageBox({
        type: 'error',
        title: 'Latchkey',
        message: words.title,
        detail: `${words[kindOf(damage)](file)}\n\n${words.todo}`,
      })
    })
    .finally(() => app.exit(1))
}

function kindOf(damage: Damage): 'changed' | 'missing' | 'added' {
  return damage === 'changed' || damage === 'added' ? damage : 'missing'
}
