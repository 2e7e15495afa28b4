import { app } from 'electron'
import { everyStep } from '../../../shared/every-step.ts'
import { reportError } from '../../error-reporter.ts'
import { endChromium } from '../../harden/chromium-processes.ts'

/** How long closing may delay the exit, in milliseconds: a server may answer late, a keychain or an updater never. */
const shutdownTimeoutMs = 90_000

/** Ends this process once everything is closed, even if closing fails, and after a minute and a half in any case. */
export function endAfter(close: () => Promise<void>): void {
  setTimeout(() => void endProcess(), shutdownTimeoutMs)
  void everyStep([close], reportError).then(endProcess)
}

/**
 * Ends this process without Electron's teardown on Linux and macOS. Realm's threads call into JavaScript at any time; a call during the
 * teardown aborted the process.
 */
export async function endProcess(): Promise<void> {
  try {
    if (process.platform !== 'win32') await endHere()
  } catch (error) {
    reportError(error) // without the library, Electron ends the process
  }
  app.exit(0)
}

async function endHere(): Promise<void> {
  const { load } = await import('koffi')
  const library = load(null)
  if (process.platform === 'linux') endChromium(library) // on macOS they end by themselves a moment later
  app.releaseSingleInstanceLock()
  ;(library.func('void _exit(int)') as (status: number) => void)(0)
}
