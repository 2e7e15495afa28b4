import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { app, dialog } from 'electron'
import { examineFiles } from './whole-app/examine.ts'
import { type Manifest, readManifest } from './whole-app/manifest.ts'
import { guardNatives } from './whole-app/natives.ts'
import { NotWhole } from './whole-app/not-whole.ts'

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
  const what = damage === 'added' ? `${file} is none of its files` : `${file} is ${damage === 'changed' ? 'not as it was packed' : 'missing or forged'}`
  process.stderr.write(`latchkey: will not start: ${what}\n`)
  const detail = `${what}.\n\nYour keys are untouched. Install Latchkey again from where you got it.`
  // Not the box that waits in C: it would hold up the signal of an ending session.
  void app
    .whenReady()
    .then(() => dialog.showMessageBox({ type: 'error', title: 'Latchkey', message: 'Latchkey was changed, and will not start', detail }))
    .finally(() => app.exit(1))
}
