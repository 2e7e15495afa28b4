/** What the border's messages are made of. Strict: an unknown field is refused. */
import * as v from 'valibot'
import { keychainTroubles } from '../shared/lists/keychain.ts'
import { refusalCodes } from '../shared/lists/refusal-codes.ts'

export const nothing = v.null()
export const time = v.pipe(v.number(), v.integer(), v.minValue(0)) // milliseconds since 1970, UTC
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/))
export const accountId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
/** By which a person tells accounts apart. */
export const colours = ['teal', 'blue', 'violet', 'pink', 'red', 'orange', 'yellow', 'green', 'grey'] as const
export type Colour = (typeof colours)[number]

/** Lengths only: main owns the rules of names, so that their refusals are its own and not this parser's. */
export const typed = v.pipe(v.string(), v.maxLength(512))
export const secret = v.pipe(v.string(), v.maxLength(16_384))

export const refusalCode = v.picklist(refusalCodes)
export const theme = v.picklist(['system', 'light', 'dark'])
/** That windows can speak. */
export const language = v.picklist(['en', 'de'])

/** `wrong`: the server has the key, enabled, and refused the value. */
export const verdicts = ['works', 'disabled', 'deleted', 'wrong', 'other-account'] as const
export type Verdict = (typeof verdicts)[number]

/**
 * made, enabled, disabled, gone, back: by another computer or program · created: a creation that waited is done ·
 * not-created: the connection broke while a creation was asked for, and the server did not make it ·
 * the others: a change that waited was not made, because the name was taken, the account is full, the key was gone, or
 * a key to be deleted had been enabled elsewhere meanwhile · not-…-restored: the change was waiting in a backup, or in an older
 * copy of the vault's file, and was not carried out when that was put back · cache-rebuilt: the vault's file could not be read and was set aside ·
 * older-file: the vault's file is an older copy of itself, as its journal shows
 */
export const newsKinds = [
  'made',
  'enabled',
  'disabled',
  'gone',
  'back',
  'created',
  'not-created',
  'not-created-name-taken',
  'not-created-full',
  'not-created-refused',
  'not-changed-gone',
  'not-deleted-enabled',
  'not-created-restored',
  'not-enabled-restored',
  'not-disabled-restored',
  'not-deleted-restored',
  'cache-rebuilt',
  'older-file',
] as const
export type NewsKind = (typeof newsKinds)[number]

/** Of a change that waits, and of a piece of news. */
export const entryId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

export const server = v.strictObject({ url: v.pipe(v.string(), v.maxLength(2048)), appId: typed })

export const credentials = v.variant('method', [
  v.strictObject({ method: v.literal('email'), email: typed, password: secret }),
  v.strictObject({ method: v.literal('api-key'), value: secret }),
  /** Signs in as `api-key` does, with the value of a key that is stored here. */
  v.strictObject({ method: v.literal('stored-key'), accountId, keyId }),
  v.strictObject({ method: v.literal('custom-token'), token: secret }),
  v.strictObject({ method: v.literal('anonymous') }),
])

export const account = v.strictObject({
  id: accountId,
  /** `local`: the vault on this computer. `values`: values with no server behind them. `server`: an account on a server, whose address `server` gives. */
  kind: v.picklist(['local', 'values', 'server']),
  server: v.nullable(server),
  method: v.picklist(['local', 'values', 'email', 'api-key', 'custom-token', 'anonymous']),
  email: v.nullable(typed),
  userId: v.string(),
  signedIn: v.boolean(),
  /** False for anonymous and key-authenticated sessions: the server refuses them all key operations. */
  managesKeys: v.boolean(),
  /** What a person calls it, and its colour; null where they chose none. */
  label: v.nullable(v.string()),
  colour: v.nullable(v.picklist(colours)),
})

export const key = v.strictObject({
  id: keyId,
  name: v.string(),
  enabled: v.boolean(),
  /** From the id's first four bytes: the server's clock, in whole seconds. */
  createdAt: time,
  /** The value's last four characters, known where the value was made or given; never the server's telling. */
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
  /**
   * `here` in this computer's keychain · `locked` there too, but the keychain cannot be read now · `sealed` safe in the encrypted cache until the keychain takes it ·
   * `elsewhere` made on another computer · `missing` was here and the keychain no longer has it ·
   * `changed` another program put something else in its place in the keychain, which is never given out ·
   * `lost` the server made it but the answer never arrived, so nobody ever held it
   */
  value: v.picklist(['here', 'locked', 'sealed', 'elsewhere', 'missing', 'changed', 'lost']),
  /** What a login with the stored value last proved; a server that could not be asked proves nothing and changes nothing. */
  verified: v.nullable(v.strictObject({ verdict: v.picklist(verdicts), at: time })),
})

/** A change that is on disk and that the server has not confirmed. `sent`: it was asked, and its answer is not known. */
export const waiting = v.strictObject({
  id: entryId,
  kind: v.picklist(['create', 'enable', 'disable', 'delete']),
  keyId: v.nullable(keyId),
  name: v.string(),
  at: time,
  sent: v.boolean(),
})

/** What happened without the person seeing it happen: told until it is dismissed. */
export const news = v.strictObject({ id: entryId, what: v.picklist(newsKinds), keyId: v.nullable(keyId), name: v.string(), at: time })

/** The value of a key that the server no longer has. It can be shown and copied until `purgedAt`. */
export const leftOver = v.strictObject({
  id: keyId,
  name: v.string(),
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
  goneAt: time,
  purgedAt: time,
})

export const keyList = v.strictObject({
  accountId: v.nullable(accountId),
  keys: v.array(key),
  limit: v.pipe(v.number(), v.integer()),
  /** When the server last confirmed this list; null before the first time. */
  syncedAt: v.nullable(time),
  /**
   * `checking`: not asked since the start · `offline`: this computer has no network · `unreachable`: it has, and the server does
   * not answer as one should · `signed-out`: the server ended the session, or the person did
   */
  connection: v.picklist(['checking', 'online', 'offline', 'unreachable', 'signed-out']),
  /** Why the last attempt to reach the server failed, when, and since when every attempt has; null when it succeeded. */
  trouble: v.nullable(v.strictObject({ code: refusalCode, at: time, since: time })),
  /** Changes the server has not confirmed, in the order they will be made. */
  waiting: v.array(waiting),
  news: v.array(news),
  trash: v.array(leftOver),
  /** Why the keychain cannot be read now; null when it last could. */
  keychain: v.nullable(refusalCode),
})

/** What the doctor found, in the order to act on. */
export const findings = ['fine', ...keychainTroubles] as const
export type Finding = (typeof findings)[number]

/** `guarded`: the OS keychain with everything in it sealed under a passphrase. */
const keychainKind = v.picklist(['os', 'passphrase', 'guarded'])

export const diagnosis = v.strictObject({
  keychain: keychainKind,
  /** The program that answers for the keychain, as `gnome-keyring-daemon`; null where that cannot be told. */
  provider: v.nullable(v.string()),
  desktop: v.picklist(['gnome', 'kde', 'xfce', 'other', 'none', 'macos', 'windows']),
  findings: v.array(v.picklist(findings)),
  /** The keys behind `item-missing` and `item-different`. */
  keys: v.array(v.strictObject({ name: v.string(), finding: v.picklist(['item-missing', 'item-different']) })),
})

export const appState = v.strictObject({
  version: v.string(),
  platform: v.picklist(['linux', 'darwin', 'win32']),
  theme,
  /** That is spoken: the one chosen, or the system’s. */
  language,
  /** `closed` with a code: `locked` by the person or the screen lock, or it could not be opened; `app.retry` tries again. Nothing is ever re-created over. */
  vault: v.variant('status', [
    /**
     * `readOnly` says why nothing can be changed: the root key is missing or another; `app.repair` starts anew. `leftBehind`: copies that are
     * not sealed are still in the OS keychain, which does not let go of them.
     */
    v.strictObject({ status: v.literal('open'), keychain: keychainKind, readOnly: v.nullable(refusalCode), leftBehind: v.boolean() }),
    v.strictObject({ status: v.literal('closed'), code: refusalCode }),
  ]),
  accounts: v.array(account),
  current: v.nullable(accountId),
})

export type Waiting = v.InferOutput<typeof waiting>
export type News = v.InferOutput<typeof news>
export type LeftOver = v.InferOutput<typeof leftOver>
