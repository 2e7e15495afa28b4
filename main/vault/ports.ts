/** What the vault asks of the world. Each port has a real adapter and an in-memory twin, and one suite of tests for both. */
import type { purposes } from '../../shared/purposes.ts'
import type { Account, Credentials, Server } from './account.ts'
import type { Entry, Line } from './journal-line.ts'
import type { KeyName, KeyRecord, ServerKey } from './key.ts'
import type { Mark } from './mark.ts'
import type { Secret } from './secret.ts'

/** Why the keychain did not do as asked. `absent` is a finding and not a failure: the keychain was read and has no such item. */
export type KeychainFailure = 'locked' | 'unavailable' | 'denied' | 'timeout' | 'library-missing'

/**
 * The OS keychain. Items are named by path-like strings of ASCII. Never rejects: every outcome is one of these, and a
 * write is only `ok` once it was read back and compared.
 */
export interface Keychain {
  /**
   * `mismatch`: what is there is not what this vault put there.
   * @param prompt false: nobody is asked for a password. An item that would need one is `locked`, and so is one of which that cannot be told
   */
  read(item: string, prompt?: boolean): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | 'mismatch' | KeychainFailure }>
  write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }>
  /** `ok` also when there was nothing to remove. */
  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }>
}

/** What a mailed link is for: to confirm the address, or to choose a new password. */
export type MailPurpose = 'confirm' | 'reset'

/** The key operations of one account, by way of the SDK. All reject with a Refusal and nothing else. */
export interface KeyServer {
  register(email: string, password: Secret): Promise<void>
  /** Has a mail with a link sent, if the server knows the address; many servers do not say whether they do. */
  sendMail(email: string, purpose: MailPurpose): Promise<void>
  signIn(credentials: Credentials): Promise<{ userId: string }>
  link(email: string, password: Secret): Promise<void>
  /** The session's tokens are gone from this computer even when this rejects because the server could not be told. */
  signOut(): Promise<void>
  deleteUser(): Promise<void>
  create(name: string): Promise<{ key: ServerKey; value: Secret }>
  /** Each key once. */
  fetchAll(): Promise<ServerKey[]>
  fetch(id: string): Promise<ServerKey>
  enable(id: string): Promise<void>
  disable(id: string): Promise<void>
  delete(id: string): Promise<void>
}

export interface KeyServers {
  /** Touches neither disk nor network; the same account always gives the same one. */
  of(account: { id: string; server: Server | null }): KeyServer
  /**
   * Logs in with a key's value in a session of its own, apart from the account's, and out again.
   * @returns whose it is; `keyId` where the server tells which key it was
   */
  tryValue(account: { id: string; server: Server | null }, value: Secret): Promise<{ userId: string; keyId: string | null }>
  /** Drops the sessions' tokens from memory. What needs one reads it from the keychain again. */
  forget(): void
  /** Removes the files of accounts that never came to be: sign-ins that failed. */
  retain(accountIds: readonly string[]): void
}

/**
 * A change that is on disk before the server is asked for it, and until the server's answer is on disk. An account's intents are
 * made in their order, once the server can be asked.
 */
export type Intent = {
  readonly accountId: string
  readonly id: string
  /** Later ones have greater numbers. */
  readonly order: number
  readonly name: string
  /** When its person asked for it; of a creation that was sent, when the server was. */
  readonly at: number
  /** The server was asked for it, or for a change of the key that it took the place of, and the answer is not known: it may have been made. */
  readonly sent: boolean
} & (
  | { readonly kind: 'create'; readonly keyId: null; readonly wasEnabled: null }
  /** `wasEnabled`: the key as its person saw it when they asked. */
  | { readonly kind: 'enable' | 'disable' | 'delete'; readonly keyId: string; readonly wasEnabled: boolean }
)

/** A change of a key that there is. */
export type KeyIntent = Extract<Intent, { keyId: string }>

/** Something that happened unseen; kept until it is dismissed. The window's contract says what each kind means. */
export interface News {
  readonly accountId: string
  readonly id: string
  readonly what:
    | 'made'
    | 'enabled'
    | 'disabled'
    | 'gone'
    | 'back'
    | 'created'
    | 'not-created'
    | 'not-created-name-taken'
    | 'not-created-full'
    | 'not-created-refused'
    | 'not-changed-gone'
    | 'not-deleted-enabled'
    | 'not-created-restored'
    | 'not-enabled-restored'
    | 'not-disabled-restored'
    | 'not-deleted-restored'
    | 'cache-rebuilt'
    | 'older-file'
  readonly keyId: string | null
  readonly name: string
  readonly at: number
}

/**
 * What a value is wanted for. In our own windows: `reveal`, `copy`, `verify`, `sign-in` to an account, `type` into another program's
 * window. By others: `fill` into a site's field, `get` to print it, `run` for a child process, `inject` into a text.
 */
export type Purpose = (typeof purposes)[number]

/**
 * Who a value is for. A person in one of our own windows has approved it by what they did there, and so has one who chose to have it
 * typed into a window; a site and a program are asked for.
 */
export type Requester =
  { readonly kind: 'person' } | { readonly kind: 'window'; readonly program: string; readonly title: string } | AskingRequester

export type AskingRequester =
  /** `origin` as matched, `browser` the program's path, `pairing` the id of the extension's pairing. */
  | { readonly kind: 'site'; readonly origin: string; readonly browser: string; readonly pairing: string }
  /**
   * The program that called, by its path; where it was called. `session` tells one terminal's session from the next one in the same terminal.
   * The path is what was seen, and proves nothing: a process can start the command, and run another program in its own place.
   */
  | {
      readonly kind: 'program'
      readonly program: string
      readonly folder: string
      readonly terminal: string | null
      readonly session: string
      /** Absent from what was written down before it was noted. */
      readonly process?: SeenProcess
    }

/** What the system told of a process that asked. */
export interface SeenProcess {
  readonly pid: number
  /** In milliseconds since 1970. Running another program in its place does not change it. */
  readonly startedAt: number
  /** The nearest program above it that is no shell, and nothing else that is there to run others; null if there is none that can be read. */
  readonly startedBy: string | null
}

/** Which value left the vault, when, for what, to whom: the journal's lines of that kind. */
export interface Release {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: Purpose
  readonly requester: Requester
  readonly at: number
}

/** A site that a key may be filled in at, because its person said so. */
export interface Site {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  /** As `https://host` or `https://host:port`, the host in its ASCII form; http for loopback hosts only. */
  readonly origin: string
  /** Also at its sub-domains, which the public suffix list has to allow. */
  readonly subdomains: boolean
  readonly at: number
}

/** An answer that is remembered: exactly this key, for exactly this purpose and requester. */
export interface Grant {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  readonly purpose: Purpose
  readonly requester: AskingRequester
  readonly at: number
  /** When it ends, or the vault is locked before; null if it is for always. */
  readonly until: number | null
}

/** The only ones that are written down: what ends with the vault's lock is kept in memory, where nothing can keep it past that. */
export type LastingGrant = Grant & { readonly until: null }

export interface ApprovalRequest {
  /** `account`: what its account is called. */
  readonly keys: readonly { readonly accountId: string; readonly keyId: string; readonly name: string; readonly account: string }[]
  readonly purpose: Purpose
  readonly requester: AskingRequester
  /** What the requester says of it, as the command to be run: its own words, which prove nothing. */
  readonly detail: string | null
  /** Aborted when whoever asked is gone: the question is then withdrawn, as no answer could be used. */
  readonly withdrawn?: AbortSignal
}
export type Approval = 'once' | 'for-a-while' | 'always'

/** What a person would send to a server by confirming it. */
export type SecretSent = 'password' | 'email' | 'api-key' | 'custom-token' | 'stored-value' | 'nothing'

export interface ServerRequest {
  readonly server: Server
  /** Whether the vault has no account there, and nobody confirmed it since the vault was opened. */
  readonly isNew: boolean
  readonly sends: SecretSent
  /** The key whose stored value goes there; null for what a person typed. `account`: what its account is called. */
  readonly key: { readonly name: string; readonly account: string } | null
}

/** Asks the person, in a window that is main's own. */
export interface Approver {
  /** @throws Refusal `approval-denied`, `approval-expired`, `approval-busy` */
  ask(request: ApprovalRequest): Promise<Approval>
  /** Resolves once the person said yes. @throws Refusal `server-unconfirmed`, `approval-expired`, `approval-busy` */
  confirmServer(request: ServerRequest): Promise<void>
}

/** A browser's extension that this vault knows. Both keys were shown to be the other's by a code that a person compared. */
export interface Pairing {
  readonly id: string
  /** The browser's program, by its path, as it was at the pairing. */
  readonly browser: string
  /** The extension's public key, base64url. */
  readonly theirKey: string
  /** Our own private key for this pairing alone, sealed under the root key. */
  readonly ourKey: string
  readonly at: number
  readonly lastAt: number | null
}

/**
 * What the public suffix list, its private section included, makes of a host in ASCII form.
 * @returns the registrable domain (`example.co.uk`); null for a suffix itself, an address, or a name without dots
 */
export type RegistrableDomain = (host: string) => string | null

/** What a person chose of what the vault goes by. */
export interface Preferences {
  /** How long an answer holds that was given for a while. */
  readonly approvalMinutes: number
  /** How long the value of a key stays that somebody deleted elsewhere. */
  readonly trashDays: number
}

export type Change =
  | { readonly op: 'put-account'; readonly account: Account }
  /** Takes everything of the account with it but what the journal says of it. */
  | { readonly op: 'drop-account'; readonly id: string }
  | { readonly op: 'put-current'; readonly id: string | null }
  | { readonly op: 'put-mark'; readonly mark: Mark }
  | { readonly op: 'put-key'; readonly key: KeyRecord }
  /** Takes the key's sites and grants with it. */
  | { readonly op: 'drop-key'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-intent'; readonly intent: Intent }
  | { readonly op: 'drop-intent'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-news'; readonly news: News }
  | { readonly op: 'drop-news'; readonly accountId: string; readonly id: string }
  /** Ends the journal with a line: the cache chains it to the one before (`lineAfter`). */
  | { readonly op: 'note'; readonly entry: Entry }
  /** Puts a line as it is, of a journal that comes from elsewhere: a backup. */
  | { readonly op: 'put-line'; readonly line: Line }
  /** Drops the journal's beginning: all but the `most` lines that were put last. */
  | { readonly op: 'trim-journal'; readonly most: number }
  | { readonly op: 'put-site'; readonly site: Site }
  | { readonly op: 'drop-site'; readonly accountId: string; readonly id: string }
  | { readonly op: 'put-pairing'; readonly pairing: Pairing }
  /** Takes the grants of its sites with it. */
  | { readonly op: 'drop-pairing'; readonly id: string }
  | { readonly op: 'put-grant'; readonly grant: LastingGrant }
  | { readonly op: 'drop-grant'; readonly accountId: string; readonly id: string }

/** The encrypted records on disk. */
export interface Cache {
  accounts(): Account[]
  current(): string | null
  /** Of the accounts that were given one. */
  marks(): Mark[]
  keys(accountId: string): KeyRecord[]
  /** One key by its id: one read, however many keys there are. */
  key(accountId: string, id: string): KeyRecord | null
  /** In their order. */
  intents(accountId: string): Intent[]
  /** Oldest first. */
  news(accountId: string): News[]
  /** The newest first: at most so many, those before the line `before`, of one key or of everything. */
  lines(wanted: { readonly most: number; readonly before?: number; readonly key?: KeyName }): Line[]
  /** In the order they were put. */
  releases(accountId: string): Release[]
  /** A key's, the last that was put first, at most so many, without those for `verify`. Quick, however long the journal is. */
  lastReleases(accountId: string, keyId: string, most: number): Release[]
  /** When each key of an account was last released for anything but `verify`, by the key's id: one read, however many keys there are. */
  lastUses(accountId: string): Map<string, number>
  sites(accountId: string): Site[]
  grants(accountId: string): LastingGrant[]
  /** Of the whole vault: an extension serves every account. */
  pairings(): Pairing[]
  /** All of the changes or none, on disk when it returns. @throws Refusal `disk-full` or `profile-corrupt` */
  commit(changes: readonly Change[]): void
  close(): void
}

/** Milliseconds since 1970. */
export type Clock = () => number
