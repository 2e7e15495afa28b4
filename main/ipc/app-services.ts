import type { AppState, Browsers, calls, Diagnosis, Input, Linked, Output, Settings } from '../../preload/contract.ts'
import type { Updates } from '../updates/updates.ts'
import type { Clipboard } from '../outlets/clipboard.ts'
import type { Theme } from '../settings/profile.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import type { RefusalCode } from '../vault/refusal.ts'
import type { Secret } from '../vault/secret.ts'
import type { Vault } from '../vault/session/vault.ts'
import type { HandlersOf } from './answer.ts'
import type { Verification } from './verification.ts'

/** What answers the main window. */
export type Handlers = HandlersOf<typeof calls>

export type BrowserId = Browsers['browsers'][number]['id']

/** What a person brings to have values exported in clear. */
type Proof = { readonly by: 'passphrase'; readonly passphrase: Secret } | { readonly by: 'name'; readonly name: string }

/** What the handlers work with: the vault, and what compose puts beside it. */
export interface AppServices {
  readonly vault: Vault
  readonly clipboard: Clipboard
  readonly version: string
  readonly platform: AppState['platform']
  readonly theme: { get(): Theme; set(theme: Theme): void }
  /** Resolves when no opening is under way. It opens nothing: a window that reloads after a lock must find it locked. */
  readonly settled: () => Promise<void>
  /** Opens the vault and takes up what was left to do. */
  readonly open: () => Promise<void>
  readonly lock: () => void
  /** Starts anew where the vault is open read-only, and takes up what was left to do. */
  readonly repair: () => Promise<void>
  /** An account has a change that may be possible at once. */
  readonly syncSoon: (accountId: string) => void
  readonly verification: Verification
  readonly keychain: {
    readonly kind: () => Diagnosis['keychain']
    /** Opens the vault too, as far as it can be. */
    readonly unlock: (passphrase: Secret) => Promise<void>
    readonly usePassphrase: (passphrase: Secret) => Promise<void>
    readonly guard: (passphrase: Secret) => Promise<void>
    readonly changePassphrase: (now: Secret, next: Secret) => Promise<void>
    readonly useOs: () => Promise<void>
    /** Whether a move left copies that are not sealed in the OS keychain, which does not let go of them. */
    readonly leftBehind: () => boolean
    /** When a passphrase may be tried next; null if at once. */
    readonly nextTryAt: () => number | null
    readonly examine: () => Promise<Diagnosis>
  }
  readonly journal: {
    /** Exports it to a file that the person chooses; null where they choose none. */
    readonly save: (opened: UnlockedVault) => Promise<{ file: string; lines: number } | null>
  }
  readonly browsers: {
    /** Why no other program reaches this app; null while they do. */
    readonly unreachable: () => RefusalCode | null
    readonly list: () => Promise<Browsers['browsers']>
    readonly register: (id: BrowserId) => Promise<void>
    readonly unregister: (id: BrowserId) => Promise<void>
    /** @returns the folder, for where no file manager comes up */
    readonly showExtension: (id: BrowserId) => string
    /** Ends the sessions of a pairing that was dropped. */
    readonly endSessions: (pairingId: string) => void
  }
  /** What was left to do in a vault that was open already: a restored one has its values to put away. */
  readonly takeUp: () => void
  readonly moving: {
    readonly backUp: (opened: UnlockedVault, passphrase: Secret) => Promise<Output<'moving.backUp'>>
    readonly chooseBackup: () => Promise<Output<'moving.chooseBackup'>>
    readonly restore: (opened: UnlockedVault, ticket: string, passphrase: Secret) => Promise<RefusalCode | null>
    readonly drill: (opened: UnlockedVault, ticket: string, passphrase: Secret) => Promise<Output<'moving.drill'>>
    readonly authorisation: (opened: UnlockedVault, scope: Input<'moving.authorisation'>['scope']) => Output<'moving.authorisation'>
    readonly export: (
      opened: UnlockedVault,
      wanted: Omit<Input<'moving.export'>, 'proof'> & { proof: Proof },
    ) => Promise<Output<'moving.export'>>
    readonly chooseImport: (opened: UnlockedVault, format: Input<'moving.chooseImport'>['format']) => Promise<Output<'moving.chooseImport'>>
    readonly import: (
      opened: UnlockedVault,
      ticket: string,
      chosen: readonly number[],
    ) => Promise<{ readonly outcome: 'done' | 'cancelled' }>
    readonly stop: () => void
    readonly forget: (ticket: string) => void
  }
  readonly settings: {
    readonly get: () => Settings
    /** On disk and in effect when it returns; a shortcut that the system does not give us is told by `shortcutWorks`. */
    readonly set: (settings: Settings) => void
    readonly shortcutWorks: () => boolean
    readonly typingBarred: () => RefusalCode | null
    /** Whether there is a tray for the app to stay in. */
    readonly hasTray: () => boolean
    /** Why it is not started at login though it is to be. */
    readonly autostartBarred: () => RefusalCode | null
  }
  readonly updates: Updates
  /** What a link led to, once. */
  readonly links: { take(): Linked | null }
}
