import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { type KeychainKind, keychainKinds } from '../../shared/lists/keychain.ts'
import { defaultKeyView, keyGroupings, keyScopes, type KeyView, type Theme, themes } from '../../shared/lists/settings.ts'
import { systemCode } from '../../shared/system-error.ts'
import { defaultPreferences, preferences, type Preferences } from './preferences.ts'
import { Refusal, orStorageRefusal } from '../vault/refusal.ts'

const sixteenHex = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const own = {
  /** Part of the names of the profile's keychain items, so that profiles do not share items. */
  id: sixteenHex,
  theme: v.picklist(themes),
  /** The keychain that holds the items. During a move both have them, until this field is switched. */
  keychain: v.picklist(keychainKinds),
  /** `RootKey.check()` of the root key that the cache was made with; null before there is one. */
  rootCheck: v.nullable(sixteenHex),
  /** Absent until somebody has chosen one. */
  keyView: v.optional(v.strictObject({ scope: v.picklist(keyScopes), grouping: v.picklist(keyGroupings) })),
}
const settings = v.strictObject({ version: v.literal(4), ...own, preferences })
type Settings = v.InferOutput<typeof settings>

/** A profile is one folder, with everything that Latchkey writes except for the keychain's items. */
export class Profile {
  readonly folder: string
  readonly #usable: boolean
  #settings: Settings | null = null

  /**
   * Makes the folder private to this user, and sets the umask so that files in it are private too. If the folder cannot be made private, reading
   * the settings fails later, because the window has to appear first to say so.
   */
  constructor(folder: string) {
    this.folder = resolve(folder) // absolute, because other programs find the app by this path
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

  get keyView(): KeyView {
    return this.#read().keyView ?? defaultKeyView
  }

  set keyView(keyView: KeyView) {
    this.#write({ ...this.#read(), keyView })
  }

  get keychain(): KeychainKind {
    return this.#read().keychain
  }

  /** Saved when it returns: a move deletes the items in the old keychain only after that. */
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

  /** Writes the file atomically. @throws Refusal `disk-full` or `profile-unusable` */
  #write(kept: Settings): Settings {
    orStorageRefusal(() => writeFileAtomic(this.path('profile.json'), `${JSON.stringify(kept)}\n`))
    return (this.#settings = kept)
  }
}

function makePrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Change the mode only if needed: a folder on a read-only disk can still be read.
    if ((statSync(folder).mode & 0o777) !== 0o700) chmodSync(folder, 0o700)
    return true
  } catch {
    return false
  }
}

function newSettings(): Settings {
  return {
    version: 4,
    id: randomBytes(8).toString('hex'),
    theme: 'system',
    keychain: 'os',
    rootCheck: null,
    preferences: defaultPreferences,
  }
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
