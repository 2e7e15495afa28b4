/** What the two sides of a run say to each other: the parent orders on the child's stdin, the child tells on its descriptor 3; a line of JSON each. */
import type { KeyList } from '../../preload/contract.ts'
import type { Plant } from './arguments.ts'

/** Where in a durable step the child is to die. `inside`: its parent kills it, told so just before. */
export type Where = 'before' | 'inside' | 'after'

/** How a child is composed, in its only argument. */
export interface Life {
  readonly profile: string
  readonly kill: { readonly step: string; readonly nth: number; readonly where: Where } | null
  readonly plant: Plant | null
  /** Of requests, in milliseconds. */
  readonly deadline: number
}

/** `stored`: the first page of the list of stored values. */
export type DamagedItem = 'root' | 'accounts' | 'stored'
/** `torn`: something is behind it that does not belong there. `replaced`: nothing of it is left. */
export type Damage = 'torn' | 'replaced' | 'removed'

/** What closes a vault, but for the keys. */
export const closingSteps = ['journal', 'cache', 'servers', 'outlets'] as const
export type ClosingStep = (typeof closingSteps)[number]

/** One thing to do. `pick`, from 0 up to 1, chooses among what the list then has: the parent cannot know it beforehand. */
export type Task =
  | {
      readonly do:
        | 'open'
        | 'lock'
        | 'resume'
        | 'sync'
        | 'verifyAll'
        | 'see'
        | 'state'
        | 'usePassphrase'
        | 'useOs'
        | 'guard'
        | 'openLocal'
        | 'repair'
        | 'forget'
    }
  /** Sets the vault's clock ahead of the computer's, in milliseconds. */
  | { readonly do: 'clock'; readonly ahead: number }
  | { readonly do: 'register'; readonly url: string; readonly appId: string; readonly email: string; readonly password: string }
  | { readonly do: 'signIn'; readonly url: string; readonly appId: string; readonly email: string; readonly password: string }
  /** As the app locks, which ends its process. One step of it fails. */
  | { readonly do: 'lockWithFailure'; readonly fails: ClosingStep }
  /** While values are released and tried. `after`: milliseconds. */
  | { readonly do: 'lockAmid'; readonly after: number }
  /** Of the keychain, while no vault is open. */
  | { readonly do: 'damage'; readonly item: DamagedItem; readonly how: Damage }
  /** Into a file, and from one into an empty vault. */
  | { readonly do: 'backUp' | 'restore'; readonly path: string }
  /** From a file, which it writes first. `values`: by their names. */
  | { readonly do: 'import'; readonly path: string; readonly values: Readonly<Record<string, string>> }
  | { readonly do: 'create' | 'createLater'; readonly name: string }
  | { readonly do: 'enable' | 'disable' | 'delete' | 'replace' | 'verify' | 'reveal' | 'purge' | 'cancel'; readonly pick: number }
  /** `values`: by the keys' ids, those that a person could bring from elsewhere. */
  /** Of the key itself, which may have it already; or of another one, which may take the place of none. */
  | { readonly do: 'addValue' | 'addOtherValue'; readonly pick: number; readonly values: Readonly<Record<string, string>> }

export type Order = Task & { readonly n: number }

/** What a task was about, once it was chosen. For `cancel`, the waiting change; for `see`, what is dismissed. */
export interface Chosen {
  readonly id: string | null
  readonly name: string
  readonly change: 'create' | 'enable' | 'disable' | 'delete' | null
  readonly news: readonly { readonly what: string; readonly name: string }[]
}

/** All that a person could see, with the values' digests in place of them. */
export interface State {
  readonly vault: { readonly status: 'open'; readonly readOnly: string | null } | { readonly status: 'closed'; readonly code: string }
  readonly list: KeyList | null
  /** Items of the keychain that the vault does not list; null under a passphrase, where nobody can tell. */
  readonly unlisted: readonly string[] | null
  /** By the keys' ids: the SHA-256 of what a reveal gave, or the code that refused it. Left-over values too. */
  readonly values: Readonly<Record<string, { readonly digest: string } | { readonly code: string }>>
}

/** A stored value, by the name that it had in the file. */
export interface Imported {
  readonly id: string
  readonly name: string
}

/** What a backup says that it has. */
export interface MadeBackup {
  readonly path: string
  readonly values: number
  /** The changes that waited when it was made; null if they were others before than after. */
  readonly waiting: readonly { readonly kind: string; readonly name: string; readonly sent: boolean }[] | null
}

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }

export type Told =
  | { readonly told: 'ready' }
  | { readonly told: 'begun'; readonly n: number; readonly chosen: Chosen }
  | ({ readonly told: 'done'; readonly n: number } & Answer)
  /** `kept`: the keys whose value this step has put where it outlives the process. */
  | { readonly told: 'step'; readonly step: string; readonly when: 'before' | 'after'; readonly kept: readonly string[] }
  /** A key that the server has made, and its value's digest. */
  | { readonly told: 'made'; readonly id: string; readonly name: string; readonly digest: string }
  /** A step of that kind is now being done: the moment to kill it. */
  | { readonly told: 'inside' }
  /** Something was begun that no task waits for, or is done. */
  | { readonly told: 'busy'; readonly more: 1 | -1 }
  | { readonly told: 'fault'; readonly what: string }
