/** The schemas that several contracts use. They are strict: an unknown field is refused. */
import * as v from 'valibot'
import { accountKinds, colours, signInMethods } from '../shared/lists/accounts.ts'
import { desktops, findings, itemTroubles, keychainKinds } from '../shared/lists/keychain.ts'
import { changeKinds, connections, environments, shownValueStates, verdicts } from '../shared/lists/keys.ts'
import { newsKinds } from '../shared/lists/news-kinds.ts'
import { refusalCodes } from '../shared/lists/refusal-codes.ts'
import { keyGroupings, keyScopes, languages, platforms, themes } from '../shared/lists/settings.ts'

export const nothing = v.null()
export const time = v.pipe(v.number(), v.integer(), v.minValue(0)) // milliseconds since 1970, UTC
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/))
export const accountId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

/** Only the length is checked here: main has the rules for names and addresses, and a refusal that says which rule was broken. */
export const typed = v.pipe(v.string(), v.maxLength(512))
export const secret = v.pipe(v.string(), v.maxLength(16_384))

export const refusalCode = v.picklist(refusalCodes)
export const theme = v.picklist(themes)
export const language = v.picklist(languages)
export const keyView = v.strictObject({ scope: v.picklist(keyScopes), grouping: v.picklist(keyGroupings) })

/** The id of a pending change, a notification, and of everything else that main creates itself. */
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
  /** `local`: the vault on this computer. `values`: values that belong to no server. `server`: an account on the server in `server`. */
  kind: v.picklist(accountKinds),
  server: v.nullable(server),
  method: v.picklist(signInMethods),
  email: v.nullable(typed),
  userId: v.string(),
  signedIn: v.boolean(),
  /** False for anonymous and key-authenticated sessions: the server refuses them all key operations. */
  managesKeys: v.boolean(),
  /** The label and colour that a person chose; null if they chose none. */
  label: v.nullable(v.string()),
  colour: v.nullable(v.picklist(colours)),
})

/** What a person writes down about a key. Main has the rules, and a refusal that says which field broke its own. */
export const details = v.strictObject({
  notes: v.nullable(v.pipe(v.string(), v.maxLength(8192))),
  tags: v.pipe(v.array(typed), v.maxLength(64), v.readonly()),
  environment: v.nullable(v.picklist(environments)),
  user: v.nullable(typed),
  /** The last day on which the value works, as `2027-01-31`. */
  expires: v.nullable(typed),
  /** The https address where a new value is to be had; null for the one of the catalogue of services. */
  renewal: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
})

export const key = v.strictObject({
  id: keyId,
  name: v.string(),
  enabled: v.boolean(),
  /** Read from the id's first four bytes: by the server's clock, in whole seconds. */
  createdAt: time,
  /** The value's last four characters, if this computer has had the value. Servers do not report them. */
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
  value: v.picklist(shownValueStates),
  /** The result of the last login with the stored value. It stays unchanged if the server could not be reached. */
  verified: v.nullable(v.strictObject({ verdict: v.picklist(verdicts), at: time })),
  /** The service that issued a stored value, as in the catalogue of services; null if it is not recognised, and for keys of a server. */
  service: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  details,
})

/** The key that already has a value, and its account; null if no key has it. */
export const sameValue = v.nullable(v.strictObject({ name: v.string(), account: v.string() }))

/** A pending change: it is on disk, and the server has not confirmed it. `sent`: it was sent, and the answer is not known. */
export const waiting = v.strictObject({
  id: entryId,
  kind: v.picklist(changeKinds),
  keyId: v.nullable(keyId),
  name: v.string(),
  at: time,
  sent: v.boolean(),
})

/** A notification of something that happened while nobody was looking. It stays until it is dismissed. */
export const news = v.strictObject({ id: entryId, what: v.picklist(newsKinds), keyId: v.nullable(keyId), name: v.string(), at: time })

/** A value in the trash: the server no longer has its key. It can be revealed and copied until `purgedAt`. */
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
  /** When this list last came from the server; null if it never did. */
  syncedAt: v.nullable(time),
  connection: v.picklist(connections),
  /** Why and when the last request failed, and since when every request has failed; null if the last one succeeded. */
  trouble: v.nullable(v.strictObject({ code: refusalCode, at: time, since: time })),
  /** Pending changes, in the order in which they will be sent. */
  waiting: v.array(waiting),
  news: v.array(news),
  trash: v.array(leftOver),
  /** Why the last attempt to read the keychain failed; null if it succeeded. */
  keychain: v.nullable(refusalCode),
})

export const diagnosis = v.strictObject({
  keychain: v.picklist(keychainKinds),
  /** The program that provides the keychain, such as `gnome-keyring-daemon`; null if unknown. */
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
  /** The language in use: the chosen one, or the system’s. */
  language,
  keyView,
  /**
   * `closed`: the code is `locked` after a lock, otherwise it says why the vault could not be opened. `app.retry` tries again. A vault that
   * does not open is never replaced by a new one.
   */
  vault: v.variant('status', [
    /**
     * `readOnly`: why nothing can be changed, for example because the root key is missing; `app.repair` ends that. `leftBehind`: the OS
     * keychain still has unsealed copies, because it refused to delete them.
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
