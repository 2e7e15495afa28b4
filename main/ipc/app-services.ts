import type { Browsers, calls, Diagnosis, Input, Linked, Output, Settings } from '../../preload/contract.ts'
import type { Updates } from '../updates/updates.ts'
import type { Clipboard } from '../outlets/clipboard.ts'
import type { BrowserId } from '../../shared/lists/browsers.ts'
import type { KeychainKind } from '../../shared/lists/keychain.ts'
import type { KeyView, Platform, Theme } from '../../shared/lists/settings.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import type { RefusalCode } from '../vault/refusal.ts'
import type { Secret } from '../vault/secret.ts'
import type { Vault } from '../vault/session/vault.ts'
import type { HandlersOf } from './answer.ts'
import type { Verification } from './verification.ts'

/** What answers the main window. */
export type Handlers = HandlersOf<typeof calls>

/** What a person has to give before values are exported in clear. */
type Proof = { readonly by: 'passphrase'; readonly passphrase: Secret } | { readonly by: 'name'; readonly name: string }

/** What the handlers work with: the vault, and the services that `createApp` puts beside it. */
export interface AppServices {
  readonly vault: Vault
  readonly clipboard: Clipboard
  readonly version: string
  readonly platform: Platform
  readonly theme: { get(): Theme; set(theme: Theme): void }
  readonly keyView: { get(): KeyView; set(view: KeyView): void }
  /** Resolves when no opening is in progress. It opens nothing: a window that reloads after a lock must find the vault locked. */
  readonly settled: () => Promise<void>
  /** Opens the vault, then resumes pending work. */
  readonly open: () => Promise<void>
  readonly lock: () => void
  /** Starts anew where the vault is open read-only, then resumes pending work. */
  readonly repair: () => Promise<void>
  /** Syncs an account at once, because it has a pending change. */
  readonly syncSoon: (accountId: string) => void
  readonly verification: Verification
  readonly keychain: {
    readonly kind: () => KeychainKind
    /** Also opens the vault, if it can be opened. */
    readonly unlock: (passphrase: Secret) => Promise<void>
    readonly usePassphrase: (passphrase: Secret) => Promise<void>
    readonly addPassphrase: (passphrase: Secret) => Promise<void>
    readonly changePassphrase: (now: Secret, next: Secret) => Promise<void>
    readonly useOs: () => Promise<void>
    /** Whether the OS keychain still has unsealed copies, because it refused to delete them after a move. */
    readonly leftBehind: () => boolean
    /** The longest value that the keychain in use takes, in bytes. */
    readonly maxValueBytes: () => number
    /** When a passphrase may be tried next, in milliseconds since 1970; null for at once. */
    readonly nextTryAt: () => number | null
    readonly examine: () => Promise<Diagnosis>
  }
  readonly journal: {
    /** Exports the journal to a file that the person chooses. @returns null if they choose none */
    readonly save: (vault: UnlockedVault) => Promise<{ file: string; lines: number } | null>
  }
  readonly browsers: {
    /** Why no other program can reach this app; null while they can. */
    readonly unreachable: () => RefusalCode | null
    readonly list: () => Promise<Browsers['browsers']>
    readonly register: (id: BrowserId) => Promise<void>
    readonly unregister: (id: BrowserId) => Promise<void>
    /** @returns the folder, for the case that no file manager opens */
    readonly showExtension: (id: BrowserId) => string
    /** Ends the sessions of a pairing that was removed. */
    readonly endSessions: (pairingId: string) => void
  }
  /** Resumes pending work in a vault that is already open: after a restore, the values have to be put into the keychain. */
  readonly resumePendingWork: () => void
  readonly transfer: {
    readonly backUp: (vault: UnlockedVault, passphrase: Secret) => Promise<Output<'transfer.backUp'>>
    readonly chooseBackup: () => Promise<Output<'transfer.chooseBackup'>>
    readonly restore: (vault: UnlockedVault, ticket: string, passphrase: Secret) => Promise<RefusalCode | null>
    readonly verifyBackup: (vault: UnlockedVault, ticket: string, passphrase: Secret) => Promise<Output<'transfer.verifyBackup'>>
    readonly authorisation: (vault: UnlockedVault, scope: Input<'transfer.authorisation'>['scope']) => Output<'transfer.authorisation'>
    readonly export: (
      vault: UnlockedVault,
      wanted: Omit<Input<'transfer.export'>, 'proof'> & { proof: Proof },
    ) => Promise<Output<'transfer.export'>>
    readonly chooseImport: (
      vault: UnlockedVault,
      format: Input<'transfer.chooseImport'>['format'],
    ) => Promise<Output<'transfer.chooseImport'>>
    readonly openImport: (vault: UnlockedVault, ticket: string, passphrase: Secret) => Promise<Output<'transfer.openImport'>>
    readonly import: (
      vault: UnlockedVault,
      ticket: string,
      chosen: readonly number[],
    ) => Promise<{ readonly outcome: 'done' | 'cancelled' }>
    readonly stop: () => void
    readonly forget: (ticket: string) => void
  }
  readonly settings: {
    readonly get: () => Settings
    /** On disk and in effect when it returns. Whether the system registered the shortcut, `shortcutWorks` says. */
    readonly set: (settings: Settings) => void
    readonly shortcutWorks: () => boolean
    readonly typingUnavailable: () => RefusalCode | null
    /** Whether there is a tray for the app to stay in. */
    readonly hasTray: () => boolean
    /** Why the app is not started at login although the settings want it; null if it is. */
    readonly autostartUnavailable: () => RefusalCode | null
  }
  readonly updates: Updates
  /** What the pending link leads to, once; null if no link is pending. */
  readonly links: { consume(): Linked | null }
}
