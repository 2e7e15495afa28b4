/**
 * The border of the window: every call it may make and every event it may hear, with strict schemas for both directions.
 *
 * Secrets cross here in five messages only:
 *   in   accounts.signIn, accounts.register, accounts.link   what a person typed to sign in, on its way to the server
 *   out  keys.reveal                                         one value, because a person asked to see it
 * (`keys.copy` carries none: main puts the value on the clipboard itself.) Every other message is free of values, and
 * the parse on the way out, not the type, is what keeps it so: unknown fields are refused in both directions.
 */
import * as v from 'valibot'

/** Why something was refused. Closed and append-only: `renderer/words.ts` has a sentence with a next step for each. */
export const refusalCodes = [
  'input-invalid',
  'internal',
  // names and keys
  'name-invalid',
  'name-taken',
  'name-mismatch',
  'quota-reached',
  'key-not-found',
  'value-elsewhere',
  'value-missing',
  'value-lost',
  'value-too-large',
  'creation-unsettled',
  // who may
  'not-allowed-anonymous',
  'not-allowed-key-session',
  'not-allowed',
  'account-not-found',
  'account-exists',
  'signed-out',
  'session-ended',
  'wrong-credentials',
  'email-invalid',
  'email-taken',
  'password-invalid',
  'email-unconfirmed',
  'user-disabled',
  'provider-off',
  'throttled',
  // the server
  'server-url-invalid',
  'server-url-insecure',
  'app-id-invalid',
  'app-unknown',
  'server-unreachable',
  'server-untrusted',
  'server-timeout',
  'server-error',
  'server-redirected',
  'answer-invalid',
  'answer-too-large',
  // the keychain
  'keychain-locked',
  'keychain-absent',
  'keychain-unavailable',
  'keychain-denied',
  'keychain-timeout',
  'keychain-mismatch',
  'keychain-reset',
  // the vault on this computer
  'locked',
  'profile-unusable',
  'profile-corrupt',
  'disk-full',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

const nothing = v.null()
const time = v.pipe(v.number(), v.integer(), v.minValue(0)) // milliseconds since 1970, UTC
const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/))
const accountId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
/** Lengths only: main owns the rules of names, so that their refusals are its own and not this parser's. */
const typed = v.pipe(v.string(), v.maxLength(512))
const secret = v.pipe(v.string(), v.maxLength(16_384))

const refusalCode = v.picklist(refusalCodes)
const theme = v.picklist(['system', 'light', 'dark'])

const server = v.strictObject({ url: v.pipe(v.string(), v.maxLength(2048)), appId: typed })

const credentials = v.variant('method', [
  v.strictObject({ method: v.literal('email'), email: typed, password: secret }),
  v.strictObject({ method: v.literal('api-key'), value: secret }),
  v.strictObject({ method: v.literal('custom-token'), token: secret }),
  v.strictObject({ method: v.literal('anonymous') }),
])

const account = v.strictObject({
  id: accountId,
  /** `local`: the vault on this computer. `server`: an account on a server, whose address `server` gives. */
  kind: v.picklist(['local', 'server']),
  server: v.nullable(server),
  method: v.picklist(['local', 'email', 'api-key', 'custom-token', 'anonymous']),
  email: v.nullable(typed),
  userId: v.string(),
  signedIn: v.boolean(),
  /** False for anonymous and key-authenticated sessions: the server refuses them all key operations. */
  managesKeys: v.boolean(),
})

const key = v.strictObject({
  id: keyId,
  name: v.string(),
  enabled: v.boolean(),
  /** From the id's first four bytes: the server's clock, in whole seconds. */
  createdAt: time,
  /** The value's last four characters, known where the value was made or given; never the server's telling. */
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
  /**
   * `here` in this computer's keychain · `sealed` safe in the encrypted cache until the keychain takes it ·
   * `elsewhere` made on another computer · `missing` was here and the keychain no longer has it ·
   * `lost` the server made it but the answer never arrived, so nobody ever held it
   */
  value: v.picklist(['here', 'sealed', 'elsewhere', 'missing', 'lost']),
})

const keyList = v.strictObject({
  accountId: v.nullable(accountId),
  keys: v.array(key),
  limit: v.pipe(v.number(), v.integer()),
  /** When the server last confirmed this list; null before the first time. */
  syncedAt: v.nullable(time),
  /** Why the last attempt to reach the server failed, and when; null when it succeeded. */
  trouble: v.nullable(v.strictObject({ code: refusalCode, at: time })),
  /** Creations that were interrupted and that the server has not been asked about yet. */
  unsettled: v.array(v.strictObject({ name: v.string(), startedAt: time })),
})

const appState = v.strictObject({
  version: v.string(),
  platform: v.picklist(['linux', 'darwin', 'win32']),
  theme,
  /** `closed` with a code: `locked` by the person or the screen lock, or it could not be opened; `app.retry` tries again. Nothing is ever re-created over. */
  vault: v.variant('status', [
    v.strictObject({ status: v.literal('open') }),
    v.strictObject({ status: v.literal('closed'), code: refusalCode }),
  ]),
  accounts: v.array(account),
  current: v.nullable(accountId),
})

/** Every call: what goes in, what comes back. Names are `noun.verb`. */
export const calls = {
  'app.state': { input: nothing, output: appState },
  'app.retry': { input: nothing, output: appState },
  /** Forgets everything opened: the root key is wiped, the cache closed, and the window's process replaced by a new one. */
  'app.lock': { input: nothing, output: nothing },
  'app.setTheme': { input: v.strictObject({ theme }), output: appState },

  /** Makes the vault on this computer, or signs in to it again. */
  'accounts.openLocal': { input: nothing, output: account },
  'accounts.signIn': { input: v.strictObject({ server, credentials }), output: account },
  /** `confirm`: the server sent a mail; sign in once its link was followed. */
  'accounts.register': {
    input: v.strictObject({ server, email: typed, password: secret }),
    output: v.variant('outcome', [
      v.strictObject({ outcome: v.literal('signed-in'), account }),
      v.strictObject({ outcome: v.literal('confirm') }),
    ]),
  },
  /** Gives the current anonymous account an e-mail and password, and with them the right to hold keys. */
  'accounts.link': { input: v.strictObject({ email: typed, password: secret }), output: account },
  'accounts.switch': { input: v.strictObject({ id: accountId }), output: account },
  /**
   * Removes the session's tokens and revokes it on the server; `revoked` is false if the server could not be told.
   * Values stay in the keychain unless `forgetValues`, which also takes the account off the list.
   */
  'accounts.signOut': {
    input: v.strictObject({ id: accountId, forgetValues: v.boolean() }),
    output: v.strictObject({ revoked: v.boolean() }),
  },

  /** From the cache: never waits for the network. */
  'keys.list': { input: nothing, output: keyList },
  /** Asks the server, and answers with the list as it then is; `trouble` says if the server could not be asked. */
  'keys.sync': { input: nothing, output: keyList },
  'keys.lookUp': {
    input: v.variant('by', [
      v.strictObject({ by: v.literal('id'), id: typed }),
      v.strictObject({ by: v.literal('name'), name: typed }),
    ]),
    output: key,
  },
  'keys.create': { input: v.strictObject({ name: typed }), output: key },
  'keys.enable': { input: v.strictObject({ id: keyId }), output: key },
  'keys.disable': { input: v.strictObject({ id: keyId }), output: key },
  /** `name` is what the person typed to confirm; main compares it. */
  'keys.delete': { input: v.strictObject({ id: keyId, name: typed }), output: nothing },
  /** The one message that brings a value into the window. */
  'keys.reveal': { input: v.strictObject({ id: keyId }), output: v.strictObject({ value: secret }) },
  /** Main copies; the clipboard is cleared at `clearsAt` if it still holds the value, and on quit. */
  'keys.copy': { input: v.strictObject({ id: keyId }), output: v.strictObject({ clearsAt: time }) },
  'keys.copyId': { input: v.strictObject({ id: keyId }), output: nothing },
} as const

/** Every event. They announce; none steers. */
export const events = {
  'app.changed': appState,
  'keys.changed': keyList,
  'clipboard.cleared': nothing,
} as const

export type CallName = keyof typeof calls
export type EventName = keyof typeof events
export type Input<N extends CallName> = v.InferOutput<(typeof calls)[N]['input']>
export type Output<N extends CallName> = v.InferOutput<(typeof calls)[N]['output']>
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>

export type AppState = v.InferOutput<typeof appState>
export type Account = v.InferOutput<typeof account>
export type Key = v.InferOutput<typeof key>
export type KeyList = v.InferOutput<typeof keyList>
export type Credentials = v.InferOutput<typeof credentials>
export type Theme = v.InferOutput<typeof theme>

/** What a call resolves to. Never a rejection: Electron would flatten the error, and its text is not ours. */
export type Answer<N extends CallName> = { ok: true; value: Output<N> } | { ok: false; code: RefusalCode }

/** What the preload puts on `window.latchkey`: one function a call and one a event, no channel names. */
export interface Bridge {
  readonly calls: { readonly [N in CallName]: (input: Input<N>) => Promise<Answer<N>> }
  readonly events: { readonly [N in EventName]: (heard: (payload: EventPayload<N>) => void) => () => void }
}
