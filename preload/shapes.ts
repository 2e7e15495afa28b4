/** What the border's messages are made of. Strict: an unknown field is refused. */
import * as v from 'valibot'
import { accountKinds, colours, signInMethods } from '../shared/lists/accounts.ts'
import { desktops, findings, itemTroubles, keychainKinds } from '../shared/lists/keychain.ts'
import { changeKinds, connections, shownValueStates, verdicts } from '../shared/lists/keys.ts'
import { newsKinds } from '../shared/lists/news-kinds.ts'
import { refusalCodes } from '../shared/lists/refusal-codes.ts'
import { languages, platforms, themes } from '../shared/lists/settings.ts'

export const nothing = v.null()
export const time = v.pipe(v.number(), v.integer(), v.minValue(0)) // milliseconds since 1970, UTC
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/))
export const accountId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

/** Lengths only: main owns the rules of names, so that their refusals are its own and not this parser's. */
export const typed = v.pipe(v.string(), v.maxLength(512))
export const secret = v.pipe(v.string(), v.maxLength(16_384))

export const refusalCode = v.picklist(refusalCodes)
export const theme = v.picklist(themes)
export const language = v.picklist(languages)

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
  kind: v.picklist(accountKinds),
  server: v.nullable(server),
  method: v.picklist(signInMethods),
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
  value: v.picklist(shownValueStates),
  /** What a login with the stored value last proved; a server that could not be asked proves nothing and changes nothing. */
  verified: v.nullable(v.strictObject({ verdict: v.picklist(verdicts), at: time })),
})

/** A change that is on disk and that the server has not confirmed. `sent`: it was asked, and its answer is not known. */
export const waiting = v.strictObject({
  id: entryId,
  kind: v.picklist(changeKinds),
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
  connection: v.picklist(connections),
  /** Why the last attempt to reach the server failed, when, and since when every attempt has; null when it succeeded. */
  trouble: v.nullable(v.strictObject({ code: refusalCode, at: time, since: time })),
  /** Changes the server has not confirmed, in the order they will be made. */
  waiting: v.array(waiting),
  news: v.array(news),
  trash: v.array(leftOver),
  /** Why the keychain cannot be read now; null when it last could. */
  keychain: v.nullable(refusalCode),
})

export const diagnosis = v.strictObject({
  keychain: v.picklist(keychainKinds),
  /** The program that answers for the keychain, as `gnome-keyring-daemon`; null where that cannot be told. */
  provider: v.nullable(v.string()),
  desktop: v.picklist(desktops),
  findings: v.array(v.picklist(findings)),
  /** The keys behind `item-missing` and `item-different`. */
  keys: v.array(v.strictObject({ name: v.string(), finding: v.picklist(itemTroubles) })),
})

export const appState = v.strictObject({
  version: v.string(),
  platform: v.picklist(platforms),
  theme,
  /** That is spoken: the one chosen, or the system’s. */
  language,
  /** `closed` with a code: `locked` by the person or the screen lock, or it could not be opened; `app.retry` tries again. Nothing is ever re-created over. */
  vault: v.variant('status', [
    /**
     * `readOnly` says why nothing can be changed: the root key is missing or another; `app.repair` starts anew. `leftBehind`: copies that are
     * not sealed are still in the OS keychain, which does not let go of them.
     */
    v.strictObject({
      status: v.literal('open'),
      keychain: v.picklist(keychainKinds),
      readOnly: v.nullable(refusalCode),
      leftBehind: v.boolean(),
    }),
    v.strictObject({ status: v.literal('closed'), code: refusalCode }),
  ]),
  accounts: v.array(account),
  current: v.nullable(accountId),
})

export type Waiting = v.InferOutput<typeof waiting>
export type News = v.InferOutput<typeof news>
export type LeftOver = v.InferOutput<typeof leftOver>
