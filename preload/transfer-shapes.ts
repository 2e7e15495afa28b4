/** What messages about backups, exports and imports are made of. Names and counts; a passphrase goes in, and no value either way. */
import * as v from 'valibot'
import { connections } from '../shared/lists/keys.ts'
import { comparedParts, exportFormats, exportScopes, importFormats, skipReasons } from '../shared/lists/transfer.ts'
import { accountId, appState, count, entryId, refusalCode, secret, time, typed } from './shapes.ts'

/** A person closed the system's dialog without choosing a file, or stopped what was under way. */
const cancelled = v.strictObject({ outcome: v.literal('cancelled') })
/** A file that main has read or will read, under a name that only this window was told. */
export const ticket = entryId
/** The last part of a path. */
const fileName = v.string()
const names = v.array(v.string())

export const overview = v.array(
  v.strictObject({
    id: accountId,
    keys: count,
    waiting: count,
    connection: v.picklist(connections),
    trouble: v.nullable(refusalCode),
  }),
)

export const backedUp = v.variant('outcome', [
  cancelled,
  v.strictObject({
    outcome: v.literal('done'),
    file: fileName,
    bytes: count,
    accounts: count,
    keys: count,
    values: count,
    /** Names of the keys whose values should be here and could not be read. */
    missing: names,
  }),
])

export const chosenBackup = v.variant('outcome', [
  cancelled,
  /** `at`: when it was made, as it says of itself. */
  v.strictObject({ outcome: v.literal('chosen'), ticket, file: fileName, bytes: count, at: time }),
])

/** `unkept`: why the settings of the backup could not be kept, with everything else of it in place. */
export const restored = v.strictObject({ state: appState, unkept: v.nullable(refusalCode) })

/** `cancelled`: it was stopped, and nothing of it is stored. */
export const imported = v.variant('outcome', [cancelled, v.strictObject({ outcome: v.literal('done'), state: appState })])

export const backupComparison = v.strictObject({
  at: time,
  parts: v.array(
    v.strictObject({
      part: v.picklist(comparedParts),
      equal: count,
      different: names,
      onlyInVault: names,
      onlyInBackup: names,
    }),
  ),
  backend: v.nullable(v.picklist(['equal', 'different'])),
})

/**
 * How a plain export is confirmed: by the passphrase of the keychain in use, or where that has none by typing the name of the account,
 * not before `readyAt`. `account` is the current one, whose name that is; the values of `keys` keys are then what is exported, whatever
 * becomes of the current account meanwhile.
 */
export const authorisation = v.variant('by', [
  v.strictObject({ by: v.literal('passphrase'), account: accountId, keys: count, without: count }),
  v.strictObject({ by: v.literal('name'), account: accountId, name: v.string(), readyAt: time, keys: count, without: count }),
])
export const exportScope = v.picklist(exportScopes)
export const exportInput = v.strictObject({
  format: v.picklist(exportFormats),
  proof: v.variant('by', [
    v.strictObject({ by: v.literal('passphrase'), passphrase: secret }),
    v.strictObject({ by: v.literal('name'), name: typed }),
  ]),
})
export const exported = v.variant('outcome', [
  cancelled,
  /** `leftOut`: names of the keys whose values the format cannot hold. */
  v.strictObject({ outcome: v.literal('done'), file: fileName, folder: v.string(), values: count, leftOut: names }),
])

export const importFormat = v.picklist(importFormats)
export const chosenImport = v.variant('outcome', [
  cancelled,
  v.strictObject({
    outcome: v.literal('chosen'),
    ticket,
    file: fileName,
    entries: v.array(
      v.strictObject({
        /** What it will be called here. */
        name: v.string(),
        /** What the file calls it. */
        original: v.string(),
        lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
        /** The key that has this very value already. */
        same: v.nullable(v.strictObject({ name: v.string(), account: v.string() })),
        /** The file has the value more than once, and this is not the first. */
        repeated: v.boolean(),
      }),
    ),
    passed: v.array(
      v.strictObject({
        name: v.string(),
        why: v.picklist(skipReasons),
      }),
    ),
  }),
])
export const importInput = v.strictObject({ ticket, chosen: v.pipe(v.array(count), v.maxLength(1000)) })

/** How far reading or storing values is. */
export const transferProgress = v.strictObject({ done: count, total: count })
