import { dropTreacherous } from './environment.ts'
import { unwantedSwitch } from './switches.ts'

export interface Start {
  /** A developer's own start keeps its debugger and its switches. */
  readonly packaged: boolean
  /** What stands behind the program's name. */
  readonly words: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

/**
 * The first thing the app does, before anything listens, opens or is read.
 * @returns why it must not go on, as a sentence for whoever started it; null if it may
 */
export function harden({ packaged, words, environment, platform }: Start): string | null {
  dropTreacherous(environment)
  if (!packaged) return null
  const unwanted = unwantedSwitch(words, platform)
  if (unwanted === null) return null
  // AppRun, which electron-builder puts into the image, adds the switch by itself.
  if (unwanted === '--no-sandbox' && environment['APPIMAGE']) return noSandbox
  return `it does not start with ${printable(unwanted)}, which could weaken what keeps your keys safe. Start it without.`
}

const noSandbox =
  'it does not start with --no-sandbox. If you did not give it, the AppImage did: this system gives it no user namespaces, ' +
  'which the sandbox needs. Install the deb instead, or allow them (Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0).'

/** Somebody else's words, on somebody's terminal. */
function printable(word: string): string {
  return word.replace(/[^\x21-\x7e]/g, '?').slice(0, 80)
}
