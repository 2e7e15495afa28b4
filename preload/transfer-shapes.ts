/** The schemas of messages about backups, exports and imports: names and counts. Passphrases go in; no message contains a value. */
import * as v from 'valibot'
import { connections } from '../shared/lists/keys.ts'
import { comparedParts, exportFormats, exportScopes, importFormats, skipReasons } from '../shared/lists/transfer.ts'
import { accountId, appState, count, entryId, nothing, refusalCode, sameValue, secret, time, typed } from './shapes.ts'

/** The person closed the system's dialog without choosing a file, or stopped the operation. */
const cancelled = v.strictObject({ outcome: v.literal('cancelled') })
/** Refers to a file that main has read or will read. Random, and known to this window only. */
const ticket = entryId
/** Without its folder. */
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
    /** Names of the keys whose values should be on this computer and could not be read. */
    missing: names,
  }),
])

export const chosenBackup = v.variant('outcome', [
  cancelled,
  /** `at`: the time of the backup that its file states. */
  v.strictObject({ outcome: v.literal('chosen'), ticket, file: fileName, bytes: count, at: time }),
])

/** `unkept`: why the backup's settings could not be stored; everything else was restored. */
const restored = v.strictObject({ state: appState, unkept: v.nullable(refusalCode) })

/** `cancelled`: the import was stopped, and nothing was stored. */
const imported = v.variant('outcome', [cancelled, v.strictObject({ outcome: v.literal('done'), state: appState })])

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
 * How a plain export is confirmed: by the passphrase of the keychain in use or, if that has none, by typing the name of the account, which
 * is accepted from `readyAt` on. `account` is the current account, and `keys` the number of its values, which are exported even if another
 * account becomes the current one meanwhile. `without`: the number of keys without a value on this computer.
 */
export const authorisation = v.variant('by', [
  v.strictObject({ by: v.literal('passphrase'), account: accountId, keys: count, without: count }),
  v.strictObject({ by: v.literal('name'), account: accountId, name: v.string(), readyAt: time, keys: count, without: count }),
])
const exportScope = v.picklist(exportScopes)
const exportInput = v.strictObject({
  format: v.picklist(exportFormats),
  proof: v.variant('by', [
    v.strictObject({ by: v.literal('passphrase'), passphrase: secret }),
    v.strictObject({ by: v.literal('name'), name: typed }),
  ]),
})
const exported = v.variant('outcome', [
  cancelled,
  /** `leftOut`: names of the keys whose values the format cannot hold. */
  v.strictObject({ outcome: v.literal('done'), file: fileName, folder: v.string(), values: count, leftOut: names }),
])

const importFormat = v.picklist(importFormats)
const opened = v.strictObject({
  outcome: v.literal('chosen'),
  ticket,
  file: fileName,
  /** As it was asked for, or recognised. */
  format: importFormat,
  entries: v.array(
    v.strictObject({
      /** The name under which it would be stored. */
      name: v.string(),
      /** Its name in the file. */
      original: v.string(),
      lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
      /** The stored key that already has this value. */
      same: sameValue,
      /** Whether an earlier entry of the file has the same value. */
      repeated: v.boolean(),
    }),
  ),
  passed: v.array(
    v.strictObject({
      name: v.string(),
      why: v.picklist(skipReasons),
    }),
  ),
})
/** `locked`: the file has a passphrase. */
export const chosenImport = v.variant('outcome', [
  cancelled,
  v.strictObject({ outcome: v.literal('locked'), ticket, file: fileName, format: importFormat }),
  opened,
])
const importInput = v.strictObject({ ticket, chosen: v.pipe(v.array(count), v.maxLength(1000)) })

/** How many values have been read or stored so far. */
export const transferProgress = v.strictObject({ done: count, total: count })

/** What carries a secret is named at the head of contract.ts. */
export const transferCalls = {
  /** Writes the whole vault into one file under a separate passphrase. The file is chosen in the system's dialog. */
  'transfer.backUp': { input: v.strictObject({ passphrase: secret }), output: backedUp },
  /** Opens the system's dialog to choose a backup. */
  'transfer.chooseBackup': { input: nothing, output: chosenBackup },
  /** Restores the chosen backup. Only into an empty vault. */
  'transfer.restore': { input: v.strictObject({ ticket, passphrase: secret }), output: restored },
  /** Restores the chosen backup into a temporary vault and compares that with the open vault, which is only read. */
  'transfer.verifyBackup': { input: v.strictObject({ ticket, passphrase: secret }), output: backupComparison },
  /** What a plain export of these accounts would contain, and how it has to be confirmed. */
  'transfer.authorisation': { input: v.strictObject({ scope: exportScope }), output: authorisation },
  /** Writes values in clear into a file. The file is chosen in the system's dialog. */
  'transfer.export': { input: exportInput, output: exported },
  /**
   * Opens the system's dialog to choose another program's file, and returns the names in it, without values. `format` is null if it has to
   * be recognised from the file.
   */
  'transfer.chooseImport': { input: v.strictObject({ format: v.nullable(importFormat) }), output: chosenImport },
  /** Opens a chosen file that has a passphrase. It can be tried again. */
  'transfer.openImport': { input: v.strictObject({ ticket, passphrase: secret }), output: opened },
  /** Stores the chosen entries, given by their indexes, as values without a server, and makes the account of these values the current one. */
  'transfer.import': { input: importInput, output: imported },
  /** Stops a backup or an import in progress: no file is written, and no value is stored. `transfer.progress` reports the progress. */
  'transfer.stop': { input: nothing, output: nothing },
  /** Drops what main has read of a chosen file. */
  'transfer.forget': { input: v.strictObject({ ticket }), output: nothing },
} as const
