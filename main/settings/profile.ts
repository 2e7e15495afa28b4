import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import { defaults, preferences, type Preferences } from './preferences.ts'
import { Refusal, storageRefusal } from '../vault/refusal.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
const keychains = ['os', 'passphrase', 'guarded'] as const
export type KeychainKind = (typeof keychains)[number]

const sixteenHex = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const own = {
  /** Names the profile's keychain items: another folder is another profile. */
  id: sixteenHex,
  theme: v.picklist(themes),
  /** Where the items are. Moved from one to the other, they are in both until this says the other. */
  keychain: v.picklist(keychains),
  /** `RootKey.check()` of the root key that the cache was made with; null before there is one. */
  rootCheck: v.nullable(sixteenHex),
}
const settings = v.strictObject({ version: v.literal(4), ...own, preferences })
type Settings = v.InferOutput<typeof settings>

/** A profile is one folder: everything that Latchkey writes, apart from the keychain, is in it. */
export class Profile {
  readonly folder: string
  readonly #usable: boolean
  #settings: Settings | null = null

  /**
   * Makes the folder this user's alone. What is made in it later is too, by the process's umask. A folder that cannot be made so is
   * told by whatever asks for the settings: the window has to come up to say it.
   */
  constructor(folder: string) {
    this.folder = resolve(folder) // by it other programs find the app, from wherever they are
    process.umask(0o077)
    this.#usable = makePrivate(folder)
  }

  path(...names: string[]): string {
    return join(this.folder, ...names)
  }

  /** @throws Refusal `profile-corrupt` if the settings cannot be read: a new id would make every value look missing */
  get id(): string {
    return this.#read().id
  }

  get theme(): Theme {
    return this.#read().theme
  }

  set theme(theme: Theme) {
    this.#write({ ...this.#read(), theme })
  }

  get keychain(): KeychainKind {
    return this.#read().keychain
  }

  /** On disk when it returns: a move takes the items out of the keychain before only then. */
  set keychain(keychain: KeychainKind) {
    this.#write({ ...this.#read(), keychain })
  }

  get rootCheck(): string | null {
    return this.#read().rootCheck
  }

  set rootCheck(rootCheck: string | null) {
    this.#write({ ...this.#read(), rootCheck })
  }

  get preferences(): Preferences {
    return this.#read().preferences
  }

  set preferences(preferences: Preferences) {
    this.#write({ ...this.#read(), preferences })
  }

  #read(): Settings {
    if (!this.#usable) throw new Refusal('profile-unusable')
    this.#settings ??= readSettings(this.path('profile.json')) ?? this.#write(newSettings())
    return this.#settings
  }

  /** Kept as a whole or not at all. @throws Refusal `disk-full` or `profile-unusable` */
  #write(kept: Settings): Settings {
    try {
      writeFileAtomic(this.path('profile.json'), `${JSON.stringify(kept)}\n`)
    } catch (error) {
      throw storageRefusal(error)
    }
    return (this.#settings = kept)
  }
}

function makePrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Only if it is not: a folder on a disk that is read-only now can still be read.
    if ((statSync(folder).mode & 0o777) !== 0o700) chmodSync(folder, 0o700)
    return true
  } catch {
    return false
  }
}

function newSettings(): Settings {
  return { version: 4, id: randomBytes(8).toString('hex'), theme: 'system', keychain: 'os', rootCheck: null, preferences: defaults }
}

/** @returns null if there is no such file yet */
function readSettings(path: string): Settings | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw new Refusal('profile-unusable')
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), settings), text)
  if (!parsed.success) throw new Refusal('profile-corrupt')
  return parsed.output
}
