import { removeDangerousVariables } from './environment.ts'
import { findForbiddenSwitch } from './switches.ts'

export interface StartContext {
  /** False for a checkout, where a developer may use a debugger and any switch. */
  readonly packaged: boolean
  /** The command-line arguments without the program. */
  readonly words: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

/**
 * Hardens the process. The first thing the app does.
 * @returns why the app must not start, as a sentence for the person; null if it may
 */
export function harden({ packaged, words, environment, platform }: StartContext): string | null {
  removeDangerousVariables(environment)
  if (!packaged) return null
  const unwanted = findForbiddenSwitch(words, platform)
  if (unwanted === null) return null
  // electron-builder's AppRun adds this switch by itself if the system has no user namespaces.
  if (unwanted === '--no-sandbox' && environment['APPIMAGE']) return noSandbox
  return `it does not start with ${printable(unwanted)}, which could weaken what keeps your keys safe. Start it without.`
}

const noSandbox =
  'it does not start with --no-sandbox. If you did not give it, the AppImage did: this system gives it no user namespaces, ' +
  'which the sandbox needs. Install the deb instead, or allow them (Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0).'

/** The argument is another program's text, and must not send control sequences to the terminal. */
function printable(argument: string): string {
  return argument.replace(/[^\x21-\x7e]/g, '?').slice(0, 80)
}
