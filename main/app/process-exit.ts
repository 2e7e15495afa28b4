import { app } from 'electron'
import { everyStep } from '../../shared/every-step.ts'
import { reportError } from '../error-reporter.ts'
import { endChromium } from '../harden/chromium-processes.ts'

/** How long what is closed may keep this process, in milliseconds: a server may answer late, a keychain or an updater never. */
const longest = 90_000

/** Ends this process once everything is closed, whatever fails at that, and in any case after a minute and a half. */
export function endAfter(close: () => Promise<void>): void {
  setTimeout(() => void endProcess(), longest)
  void everyStep([close], reportError).then(endProcess)
}

/**
 * Ends this process when everything of ours is closed. Realm's threads call into JavaScript at any time, also while Electron takes
 * it down, and the process then aborted instead of ending: on Linux and macOS it ends where it stands.
 */
export async function endProcess(): Promise<void> {
  try {
    if (process.platform !== 'win32') await endHere()
  } catch (error) {
    reportError(error) // without the library it ends as Electron ends it
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
