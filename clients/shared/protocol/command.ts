import type { KeychainKind } from '../../../shared/lists/keychain.ts'
import type { ShownValueState } from '../../../shared/lists/keys.ts'

/**
 * The calls of the `latchkey` command to the running app. Only the answers to `get`, `run`, `inject` and `login` carry values; each of them passes
 * the release gate, which asks the user. Of the requests, only `add` carries one. Everything else carries no value.
 */

/**
 * The first message of a connection, which identifies the client. The native messaging host sends none: its first message is the browser's.
 */
export interface CommandHello {
  readonly kind: 'command'
  readonly version: 1
}

/** How a key is referenced from outside: by its account, if more than one could have it, and by its name or id. */
export interface KeyReference {
  /** An account's name as `list` prints it, or its id. Null: the only account that has such a key. */
  readonly account: string | null
  /** A key's name or its id. */
  readonly key: string
}

export interface ListedKey {
  readonly account: string
  readonly accountId: string
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly value: ShownValueState
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface DoctorAnswer {
  readonly keychain: KeychainKind
  readonly provider: string | null
  readonly desktop: string
  readonly findings: readonly string[]
  readonly keys: readonly { readonly name: string; readonly finding: string }[]
}

export interface CommandCalls {
  status: {
    input: null
    output: {
      version: string
      vault: 'open' | 'closed'
      /** Why it is closed: one of the app's refusal codes. */
      code: string | null
      account: string | null
      keys: number
    }
  }
  list: { input: null; output: { keys: ListedKey[] } }
  get: { input: { reference: KeyReference }; output: { value: string } }
  /** The values of several keys for one program, approved at once. `command`: the program's name, shown to the user. */
  run: { input: { references: KeyReference[]; command: string }; output: { values: string[] } }
  inject: { input: { references: KeyReference[]; file: string }; output: { values: string[] } }
  copy: { input: { reference: KeyReference }; output: { clearsAt: number } }
  /**
   * The value of the key that belongs to a site, for a tool that logs in there. The user chooses one if none or several belong to it. `url`:
   * the site, and what the tool wants there, which is shown to the user.
   */
  login: { input: { url: string }; output: { value: string } }
  /** Stores a value under a name, once the user has agreed. */
  add: { input: { name: string; value: string }; output: { account: string; name: string } }
  /** Shows the palette. */
  quick: { input: null; output: null }
  doctor: { input: null; output: DoctorAnswer }
}

export type CommandName = keyof CommandCalls
export type CommandInput<N extends CommandName> = CommandCalls[N]['input']
export type CommandOutput<N extends CommandName> = CommandCalls[N]['output']

export interface CommandRequest<N extends CommandName = CommandName> {
  /** Counts up from 1 in each connection. The answer has the same id. */
  readonly id: number
  readonly call: N
  readonly input: CommandInput<N>
}

/** `code` is one of the app's refusal codes. */
export type CommandAnswer =
  { readonly id: number; readonly ok: true; readonly value: unknown } | { readonly id: number; readonly ok: false; readonly code: string }
