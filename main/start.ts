import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { app, dialog } from 'electron'
import { examineFiles } from './whole-app/examine.ts'
import { type Manifest, readManifest } from './whole-app/manifest.ts'
import { guardNatives } from './whole-app/natives.ts'
import { type Damage, NotWhole } from './whole-app/not-whole.ts'
import { en } from './words/en.ts'
import { languageOf } from './words/language.ts'
import { speak, texts } from './words/texts.ts'

/**
 * The very first of the app: makes sure that what runs is what was packed, and only then loads the rest, which brings native code. A
 * checkout has nothing to compare with.
 */
const resources = process.resourcesPath
// What is outside of it on macOS has a signature that the system looks at.
const folder = process.platform === 'darwin' ? resources : join(resources, '..')
try {
  if (app.isPackaged) guard(readManifest(resources, publisher()))
  void import('./index.ts').catch(stopIfNotWhole)
} catch (error) {
  stopIfNotWhole(error)
}

function guard(manifest: Manifest): void {
  guardNatives(folder, manifest, stop)
  // macOS and Windows compare what they read from the archive by themselves; Linux leaves that to us.
  void app.whenReady().then(async () => {
    const [fault] = await examineFiles(folder, manifest, relative(folder, join(resources, 'app.asar')).replaceAll(sep, '/'))
    if (fault !== undefined) stop(fault)
  })
}

/** By whose key the manifest has to be signed. It is in the archive, which holds this code too. */
function publisher(): string {
  const { publisher: key } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { publisher?: unknown }
  return typeof key === 'string' ? key : ''
}

function stopIfNotWhole(error: unknown): void {
  if (!(error instanceof NotWhole)) throw error
  stop(error)
}

let stopping = false

function stop({ damage, file }: NotWhole): void {
  if (stopping) return
  stopping = true
  process.stderr.write(`latchkey: will not start: ${en.damage[kindOf(damage)](file)}\n`)
  // Not the box that waits in C: it would hold up the signal of an ending session.
  void app
    .whenReady()
    .then(() => {
      speak(languageOf('system', app.getPreferredSystemLanguages()))
      const words = texts().damage
      return dialog.showMessageBox({ type: 'error', title: 'Latchkey', message: words.title, detail: `${words[kindOf(damage)](file)}\n\n${words.todo}` })
    })
    .finally(() => app.exit(1))
}

function kindOf(damage: Damage): 'changed' | 'missing' | 'added' {
  return damage === 'changed' || damage === 'added' ? damage : 'missing'
}
