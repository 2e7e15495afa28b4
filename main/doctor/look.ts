import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { desktopOf } from '../keychain/diagnostics/desktop.ts'
import { examineKeychain } from '../keychain/diagnostics/diagnose.ts'
import { LeftBehind } from '../keychain/pending-removals.ts'
import { OsKeychain } from '../keychain/os-keychain.ts'
import { Profile } from '../settings/profile.ts'
import { type Diagnosis, examine, examineClosed, examineItems, type ItemsLook, withLeftBehind } from '../vault/keychain/examine-keychain.ts'
import { items, readItem } from '../vault/keychain/items.ts'
import { codeOf } from '../vault/refusal.ts'
import { RootKey } from '../vault/session/root-key.ts'
import { withCacheCopy } from './cache-copy.ts'

/** `none`: there is none yet · `not-built`: this checkout cannot read it · `not-asked`: what was found before stood in the way */
export type KeyList = 'read' | 'none' | 'unreadable' | 'not-built' | 'not-asked'

export interface Report extends Diagnosis {
  readonly profile: string
  /** What became of the list of keys, by which the values are looked for. */
  readonly keyList: KeyList
}

/** Looks at a profile that an app may have open. @throws Refusal `profile-corrupt` or `profile-unusable` if it cannot be read */
export async function look(folder: string): Promise<Report> {
  const { platform, env } = process
  let keyList: KeyList = 'not-asked'
  // A folder that is not there yet is not made.
  const profile = existsSync(join(folder, 'profile.json')) ? new Profile(folder) : null
  const kind = profile?.keychain ?? 'os'
  const file = join(folder, 'cache', 'cache.realm')

  const diagnosis = await examine(
    kind,
    async () =>
      kind !== 'passphrase' ? examineKeychain({ platform, env }) : { provider: null, desktop: desktopOf(platform, env), findings: [] },
    async () => {
      if (profile === null) return nothing
      if (kind !== 'os') return withLeftBehind(nothing, new LeftBehind(profile.path('left-in-keychain.json')).inClear)
      const keychain = new OsKeychain({ profile: profile.id })
      const identity = await examineClosed(keychain, profile.rootCheck, existsSync(file))
      if (identity.findings.length > 0) return identity
      const told = existsSync(file) ? await lookAtValues(keychain, file) : ('none' as const)
      keyList = typeof told === 'string' ? told : 'read'
      return typeof told === 'string' ? nothing : told
    },
  )
  return { profile: folder, keyList: profile === null ? 'none' : keyList, ...diagnosis }
}

const nothing: ItemsLook = { findings: [], keys: [] }

async function lookAtValues(keychain: OsKeychain, file: string): Promise<ItemsLook | 'unreadable' | 'not-built'> {
  const kept = await readItem(keychain, items.root)
  if (kept === null) return { findings: ['reset'], keys: [] }
  const root = RootKey.parse(kept)
  try {
    const told = await withCacheCopy(file, root.cacheKey(), (cache) => examineItems({ cache, keychain, root, readOnly: null }))
    return told ?? 'not-built'
  } catch (error) {
    if (codeOf(error) !== 'profile-corrupt') throw error
    return 'unreadable'
  } finally {
    root.wipe()
  }
}
