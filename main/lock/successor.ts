import { app } from 'electron'
import { type View, wordsAgain } from './locked-start.ts'

/**
 * Ends this process and starts the app again, locked. On Linux in its own place, so that who started it does not take it for ended. An
 * AppImage is mounted for one run, and elsewhere there is no such call: there the app is started anew.
 * @throws Error if the system does not start it: then the app has to end
 */
export async function succeed(view: View): Promise<void> {
  const [, ...words] = wordsAgain(process.argv, view)
  const image = process.env['APPIMAGE']
  if (process.platform === 'linux' && !image) {
    const { replaceImage } = await import('./process-image.ts') // a foreign function call, which the start does without
    replaceImage(process.execPath, [process.execPath, ...words])
  }
  app.relaunch({ args: words, ...(image ? { execPath: image } : {}) })
  app.exit(0)
}
