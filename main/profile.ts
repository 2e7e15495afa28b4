import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import writeFileAtomic from 'write-file-atomic'
import { Refusal } from './vault/refusal.ts'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** `id` names the profile's keychain items: another folder is another profile. */
const schema = v.strictObject({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  theme: v.picklist(themes),
})
type Settings = v.InferOutput<typeof schema>

/** A profile is one folder: everything that Latchkey writes, apart from the keychain, is in it. */
export class Profile {
  readonly folder: string
  #settings: Settings | null = null

  /** Makes the folder this user's alone. What is made in it later is too, by the process's umask. */
  constructor(folder: string) {
    this.folder = folder
    process.umask(0o077)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
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

  #read(): Settings {
    this.#settings ??= readSettings(this.path('profile.json'))
    if (this.#settings === null) this.#write({ version: 1, id: randomBytes(8).toString('hex'), theme: 'system' })
    return this.#settings as unknown as Settings
  }

  #write(settings: Settings): void {
    try {
      writeFileAtomic.sync(this.path('profile.json'), `${JSON.stringify(settings)}\n`, { mode: 0o600 })
    } catch {
      throw new Refusal('profile-unusable')
    }
    this.#settings = settings
  }
}

/** @returns null if there is no such file yet */
function readSettings(path: string): Settings | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Refusal('profile-unusable')
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  if (!parsed.success) throw new Refusal('profile-corrupt')
  return parsed.output
}
