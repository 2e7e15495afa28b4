import { app } from 'electron'

/**
 * Ends this process when everything of ours is closed. Realm's threads call into JavaScript at any time, also while Electron takes
 * it down, and the process then aborted instead of ending: on Linux and macOS it ends where it stands. Chromium's other processes end
 * with it, as they do after a crash.
 */
export async function endProcess(): Promise<void> {
  if (process.platform !== 'win32') {
    const { load } = await import('koffi')
    app.releaseSingleInstanceLock()
    ;(load(null).func('void _exit(int)') as (status: number) => void)(0)
  }
  app.exit(0)
}
