/**
 * What the `latchkey` command asks of the running app. Values travel in these answers only: `get`, `run`, `inject`; each passes the
 * gate, which asks the person. Everything else is free of values.
 */

/** The first message of a connection says who is there. The native messaging host sends none of its own: its first is the browser's. */
export interface CommandHello {
  readonly kind: 'command'
  readonly version: 1
}

/** How a key is named outside: by its account, if there is more than one it could be in, and its name or id. */
export interface KeyReference {
  /** An account's name as `list` tells it, or its id. Null: the one account that has such a key. */
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
  readonly value: 'here' | 'locked' | 'sealed' | 'elsewhere' | 'missing' | 'changed' | 'lost'
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface DoctorAnswer {
  readonly keychain: 'os' | 'passphrase' | 'guarded'
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
  /** The values of several keys for one program, approved at once. `command`: the program's name, for the person to read. */
  run: { input: { references: KeyReference[]; command: string }; output: { values: string[] } }
  inject: { input: { references: KeyReference[]; file: string }; output: { values: string[] } }
  copy: { input: { reference: KeyReference }; output: { clearsAt: number } }
  /** Shows the palette. */
  quick: { input: null; output: null }
  doctor: { input: null; output: DoctorAnswer }
}

export type CommandName = keyof CommandCalls
export type CommandInput<N extends CommandName> = CommandCalls[N]['input']
export type CommandOutput<N extends CommandName> = CommandCalls[N]['output']

export interface CommandRequest<N extends CommandName = CommandName> {
  /** Counts up from 1 in a connection; the answer has the same. */
  readonly id: number
  readonly call: N
  readonly input: CommandInput<N>
}

/** `code` is one of the app's refusal codes. */
export type CommandAnswer =
  { readonly id: number; readonly ok: true; readonly value: unknown } | { readonly id: number; readonly ok: false; readonly code: string }
