/** The protocol of a run: the parent sends orders on the child's stdin, the child reports on descriptor 3; one line of JSON each. */
import type { KeyList } from '../../../preload/contract.ts'
import type { Plant } from '../arguments.ts'

/** When the child is killed relative to a durable step. `inside`: its parent kills it after a report that the step starts. */
export type Where = 'before' | 'inside' | 'after'

/** The configuration of a child, its only argument. */
export interface Life {
  readonly profile: string
  readonly kill: { readonly step: string; readonly nth: number; readonly where: Where } | null
  readonly plant: Plant | null
  /** Of requests, in milliseconds. */
  readonly deadline: number
}

/** `stored`: the first page of the index of stored values. */
export type DamagedItem = 'root' | 'accounts' | 'stored'
/** `torn`: foreign text is appended. `replaced`: everything is overwritten. */
export type Damage = 'torn' | 'replaced' | 'removed'

/** The steps of closing a vault, except the keys. */
export const closingSteps = ['journal', 'cache', 'servers', 'outlets'] as const
export type ClosingStep = (typeof closingSteps)[number]

/** One task. `pick`, from 0 up to 1, chooses an entry of the current list, which the parent cannot know beforehand. */
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
  /** Locks as the app does, which ends its process. One of its steps fails. */
  | { readonly do: 'lockWithFailure'; readonly fails: ClosingStep }
  /** Locks while values are released and verified. `after`: milliseconds. */
  | { readonly do: 'lockAmid'; readonly after: number }
  /** Of the keychain, while no vault is open. */
  | { readonly do: 'damage'; readonly item: DamagedItem; readonly how: Damage }
  /** Into a file, and from one into an empty vault. */
  | { readonly do: 'backUp' | 'restore'; readonly path: string }
  /** From a file, which it writes first. `values`: by their names. */
  | { readonly do: 'import'; readonly path: string; readonly values: Readonly<Record<string, string>> }
  | { readonly do: 'create' | 'createLater'; readonly name: string }
  | { readonly do: 'enable' | 'disable' | 'delete' | 'replace' | 'verify' | 'reveal' | 'purge' | 'cancel'; readonly pick: number }
  /** `values`: the values that a person could paste, by the keys' ids. */
  /** The value of the key itself, which may have it already; or that of another key, which must not replace any. */
  | { readonly do: 'addValue' | 'addOtherValue'; readonly pick: number; readonly values: Readonly<Record<string, string>> }

export type Order = Task & { readonly n: number }

/** The subject of a task, once it was chosen. For `cancel`, the pending change; for `see`, the dismissed notifications. */
export interface Chosen {
  readonly id: string | null
  readonly name: string
  readonly change: 'create' | 'enable' | 'disable' | 'delete' | null
  readonly news: readonly { readonly what: string; readonly name: string }[]
}

/** Everything that a person could see, with digests in place of values. */
export interface State {
  readonly vault: { readonly status: 'open'; readonly readOnly: string | null } | { readonly status: 'closed'; readonly code: string }
  readonly list: KeyList | null
  /** Unlisted items in the keychain; null under a passphrase, where they cannot be recognised. */
  readonly unlisted: readonly string[] | null
  /** By the keys' ids: the SHA-256 of the revealed value, or the refusal's code. Includes values in the trash. */
  readonly values: Readonly<Record<string, { readonly digest: string } | { readonly code: string }>>
}

/** A stored value, by the name that it had in the file. */
export interface Imported {
  readonly id: string
  readonly name: string
}

/** The content of a backup. */
export interface MadeBackup {
  readonly path: string
  readonly values: number
  /** The pending changes when it was made; null if they changed meanwhile. */
  readonly waiting: readonly { readonly kind: string; readonly name: string; readonly sent: boolean }[] | null
}

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }

export type Told =
  | { readonly told: 'ready' }
  | { readonly told: 'begun'; readonly n: number; readonly chosen: Chosen }
  | ({ readonly told: 'done'; readonly n: number } & Answer)
  /** `kept`: the keys whose value this step stored where it outlives the process. */
  | { readonly told: 'step'; readonly step: string; readonly when: 'before' | 'after'; readonly kept: readonly string[] }
  /** A key that the server has created, with its value's digest. */
  | { readonly told: 'made'; readonly id: string; readonly name: string; readonly digest: string }
  /** A step of that kind is starting: the time to kill the process. */
  | { readonly told: 'inside' }
  /** Something that no task waits for has started or ended. */
  | { readonly told: 'busy'; readonly more: 1 | -1 }
  | { readonly told: 'fault'; readonly what: string }
