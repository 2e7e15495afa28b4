import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface DoctorArguments {
  readonly profile: string
  readonly json: boolean
}

/** Why the arguments cannot be read, in a sentence. */
export class ArgumentError extends Error {}

/** `scripts/doctor.mjs` has the words about them. @throws ArgumentError */
export function readArguments(args: string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform): DoctorArguments {
  const { profile, json } = parse(args)
  if (profile === undefined) return { profile: resolve(env['LATCHKEY_PROFILE_DIR'] || usualProfile(env, platform)), json }
  // A mistyped one would look like one that was never used.
  if (!existsSync(join(profile, 'profile.json'))) throw new ArgumentError(`There is no profile in ${resolve(profile)}.`)
  return { profile: resolve(profile), json }
}

function parse(args: string[]): { profile: string | undefined; json: boolean } {
  try {
    const { profile, json = false } = parseArgs({ args, options: { profile: { type: 'string' }, json: { type: 'boolean' } } }).values
    return { profile, json }
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : '')
  }
}

/** Where Electron puts the profile of an app with our name. */
function usualProfile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir()
  const places: { readonly [platform in NodeJS.Platform]?: string } = {
    darwin: join(home, 'Library', 'Application Support'),
    win32: env['APPDATA'] || join(home, 'AppData', 'Roaming'),
  }
  return join(places[platform] ?? (env['XDG_CONFIG_HOME'] || join(home, '.config')), 'Latchkey')
}
