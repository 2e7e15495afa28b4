import type { OsWithPassphraseLocation } from '../../keychain/os-with-passphrase.ts'
import { OsKeychain } from '../../keychain/os-keychain.ts'
import type { Profile } from '../../settings/profile.ts'

export function osKeychainOf(profile: Profile): OsKeychain {
  return new OsKeychain({ profile: profile.id })
}

/** Where the file under a passphrase is. */
export function passphraseFileOf(profile: Profile): { path: string; profileId: string } {
  return { path: profile.path('passphrase-vault'), profileId: profile.id }
}

/** The system's keychain, and the file with what opens its items under a passphrase. */
export function osWithPassphraseOf(profile: Profile): OsWithPassphraseLocation {
  return { path: profile.path('passphrase-guard'), profileId: profile.id, inner: osKeychainOf(profile) }
}
