import { app } from 'electron'
import { reportFault } from './fault.ts'
import { endChromium } from './harden/chromium-processes.ts'

/**
 * Ends this process when everything of ours is closed. Realm's threads call into JavaScript at any time, also while Electron takes
 * it down, and the process then aborted instead of ending: on Linux and macOS it ends where it stands.
 */
export async function endProcess(): Promise<void> {
  try {
    if (process.platform !== 'win32') await endHere()
  } catch (error) {
    reportFault(error) // without the library it ends as Electron ends it
  }
  app.exit(0)
}

async function endHere(): Promise<void> {
  const { load } = await import('koffi')
  const library = load(null)
  if (process.platform === 'linux') endChromium(library) // macOS's end with it, a moment later
  app.releaseSingleInstanceLock()
  ;(library.func('void _exit(int)') as (status: number) => void)(0)
}
