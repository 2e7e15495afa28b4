/**
 * The border of the window: every call it may make and every event it may hear, with strict schemas for both directions.
 *
 * Secrets cross here in these messages only:
 *   in   accounts.signIn, accounts.register, accounts.link   what a person typed to sign in, on its way to the server
 *        keys.addValue                                       a key's value that a person brings from elsewhere
 *        moving.backUp, moving.restore, transfer.verifyBackup         the passphrase of a backup
 *        moving.export                                       the passphrase of the keychain in use
 *        app.unlock, keychain.usePassphrase,                 the passphrase of the vault
 *        keychain.guard, keychain.changePassphrase
 *   out  keys.reveal                                         one value, because a person asked to see it
 * (`keys.copy` carries none: main puts the value on the clipboard itself. Neither does signing in with a stored key: main takes its
 * value from the keychain to the key's own server. Nor do backups, exports and imports: main reads and writes the files.) Every other message is
 * free of values, and the parse on the way out, not the type, is what keeps it so: unknown fields are refused in both directions.
 */
import * as v from 'valibot'
import { colours, mailPurposes } from '../shared/lists/accounts.ts'
import type { BridgeOf } from './bridge.ts'
import { journalExported, journalPage, journalWanted } from './journal-shapes.ts'
import {
  authorisation,
  backedUp,
  chosenBackup,
  chosenImport,
  backupComparison,
  exported,
  exportInput,
  exportScope,
  imported,
  importFormat,
  importInput,
  transferProgress,
  overview,
  restored,
  ticket,
} from './transfer-shapes.ts'
import {
  approval,
  browserId,
  browsers,
  linked,
  outlets,
  pairingId,
  settings,
  settingsState,
  storedKey,
  typedAddress,
} from './outlet-shapes.ts'
import {
  account,
  accountId,
  appState,
  count,
  credentials,
  diagnosis,
  entryId,
  key,
  keyId,
  keyList,
  nothing,
  secret,
  server,
  theme,
  time,
  typed,
} from './shapes.ts'
import { updateCalls, updates } from './update-shapes.ts'

export type { RefusalCode } from '../shared/lists/refusal-codes.ts'
export { refusalCodes } from '../shared/lists/refusal-codes.ts'
export type { LeftOver, News, Waiting } from './shapes.ts'

/**
 * Every call: what goes in, what comes back. Names are `noun.verb`. A call that acts on keys names their account: which one is current can
 * change while it is on its way, as by a sign-in that ends, and it must not act on another account's server then.
 */
export const calls = {
  'app.state': { input: nothing, output: appState },
  'app.retry': { input: nothing, output: appState },
  /** Forgets everything opened: every process of the app ends, and it comes back locked. */
  'app.lock': { input: nothing, output: nothing },
  /** Opens a passphrase vault, which `closed` with `passphrase-needed` asks for. */
  'app.unlock': { input: v.strictObject({ passphrase: secret }), output: appState },
  /** Sets the files that the root key does not open aside, deleting none, and rebuilds from server and keychain. */
  'app.repair': { input: nothing, output: appState },
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
  /** Has the server mail another link: to confirm the address, or to choose a new password. */
  'accounts.sendMail': { input: v.strictObject({ server, email: typed, purpose: v.picklist(mailPurposes) }), output: nothing },
  /** Gives an anonymous account an e-mail and password, and with them the right to hold keys. */
  'accounts.link': { input: v.strictObject({ id: accountId, email: typed, password: secret }), output: account },
  /** Gives an account a label and a colour, or takes them away. */
  'accounts.setLabel': {
    input: v.strictObject({ id: accountId, label: v.nullable(typed), colour: v.nullable(v.picklist(colours)) }),
    output: appState,
  },
  /** All accounts side by side: how many keys each has, and how it stands with its server. From the cache. */
  'accounts.list': { input: nothing, output: v.strictObject({ accounts: overview }) },
  'accounts.switch': { input: v.strictObject({ id: accountId }), output: account },
  /**
   * Removes the session's tokens and revokes it on the server; `revoked` is false if the server could not be told.
   * Values stay in the keychain unless `forgetValues`, which also takes the account off the list.
   */
  'accounts.signOut': {
    input: v.strictObject({ id: accountId, forgetValues: v.boolean() }),
    output: v.strictObject({ revoked: v.boolean() }),
  },

  /** Of the current account, from the cache: never waits for the network. */
  'keys.list': { input: nothing, output: keyList },
  /** Asks the server, and answers with the list as it then is; `trouble` says if the server could not be asked. */
  'keys.sync': { input: nothing, output: keyList },
  'keys.lookUp': {
    input: v.variant('by', [
      v.strictObject({ accountId, by: v.literal('id'), id: typed }),
      v.strictObject({ accountId, by: v.literal('name'), name: typed }),
    ]),
    output: key,
  },
  'keys.create': { input: v.strictObject({ accountId, name: typed }), output: key },
  'keys.enable': { input: v.strictObject({ accountId, id: keyId }), output: key },
  'keys.disable': { input: v.strictObject({ accountId, id: keyId }), output: key },
  /** `name` is what the person typed to confirm; main compares it. */
  'keys.delete': { input: v.strictObject({ accountId, id: keyId, name: typed }), output: nothing },
  /** The one message that brings a value into the window. */
  'keys.reveal': { input: v.strictObject({ accountId, id: keyId }), output: v.strictObject({ value: secret }) },
  /** Main copies; the clipboard is cleared at `clearsAt` if it still holds the value, and on quit. */
  'keys.copy': { input: v.strictObject({ accountId, id: keyId }), output: v.strictObject({ clearsAt: time }) },
  /** Makes the key as soon as the server can be asked. */
  'keys.createLater': { input: v.strictObject({ accountId, name: typed }), output: keyList },
  /** Takes a waiting change back. One that was sent already is looked for at the next sync all the same. */
  'keys.cancel': { input: v.strictObject({ accountId, id: entryId }), output: keyList },
  /** Dismisses news. */
  'keys.dismiss': { input: v.strictObject({ accountId, ids: v.pipe(v.array(entryId), v.maxLength(1000)) }), output: keyList },
  /** Stores a value brought from elsewhere, once a login with it has proved that it opens this account. */
  'keys.addValue': { input: v.strictObject({ accountId, id: keyId, value: secret }), output: key },
  /** Deletes the key and creates one of its name. `name` is what the person typed to confirm. */
  'keys.replace': { input: v.strictObject({ accountId, id: keyId, name: typed }), output: key },
  /** Logs in with the stored value, and out again. */
  'keys.verify': { input: v.strictObject({ accountId, id: keyId }), output: key },
  /** Every key whose value is here, one by one; `keys.verifying` tells how far it is. */
  'keys.verifyAll': { input: v.strictObject({ accountId }), output: keyList },
  'keys.stopVerifying': { input: nothing, output: nothing },
  /** Removes a left-over value before its time. */
  'keys.purge': { input: v.strictObject({ accountId, id: keyId }), output: keyList },

  'keys.copyId': { input: v.strictObject({ accountId, id: keyId }), output: nothing },

  /** Keys to sign in to a server with: its own, then the values without a server. While the address is typed, those of every server. */
  'keys.forServer': { input: v.strictObject({ server }), output: v.strictObject({ keys: v.array(storedKey) }) },
  /** Where a key's value may go by itself, and where it last went. */
  'keys.outlets': { input: v.strictObject({ accountId, id: keyId }), output: outlets },
  /** What an address that a person types comes to: the site’s origin, and its host if sub-domains of that could be allowed too. */
  'keys.parseSite': {
    input: v.strictObject({ url: typedAddress }),
    output: v.strictObject({ origin: v.string(), domain: v.nullable(v.string()) }),
  },
  'keys.addSite': { input: v.strictObject({ accountId, id: keyId, url: typedAddress, subdomains: v.boolean() }), output: outlets },
  'keys.removeSite': { input: v.strictObject({ accountId, id: keyId, siteId: entryId }), output: outlets },

  /** Of all accounts: what was answered with 'for 15 minutes' or 'always'. */
  'approvals.list': { input: nothing, output: v.strictObject({ approvals: v.array(approval) }) },
  'approvals.revoke': { input: v.strictObject({ accountId, id: entryId }), output: v.strictObject({ approvals: v.array(approval) }) },

  'browsers.list': { input: nothing, output: browsers },
  /** Lets a browser's extension find Latchkey, and no longer. */
  'browsers.register': { input: v.strictObject({ id: browserId }), output: browsers },
  'browsers.unregister': { input: v.strictObject({ id: browserId }), output: browsers },
  /** Shows the folder of the extension in the file manager, and tells it: a browser asks for it by its path. */
  'browsers.showExtension': { input: v.strictObject({ id: browserId }), output: v.strictObject({ folder: v.string() }) },
  /** Forgets a paired extension, and what was approved for it. */
  'browsers.unpair': { input: v.strictObject({ id: pairingId }), output: browsers },

  'settings.get': { input: nothing, output: settingsState },
  'settings.set': { input: settings, output: settingsState },

  /** Writes everything of the vault into one file under a passphrase of its own; the file is chosen in the system's dialog. */
  'transfer.backUp': { input: v.strictObject({ passphrase: secret }), output: backedUp },
  /** Has a person choose a backup, to be restored or tried. */
  'transfer.chooseBackup': { input: nothing, output: chosenBackup },
  /** Into an empty vault only. */
  'transfer.restore': { input: v.strictObject({ ticket, passphrase: secret }), output: restored },
  /** Restores a backup into a vault of the moment, and compares that with the vault, which is only read. */
  'transfer.verifyBackup': { input: v.strictObject({ ticket, passphrase: secret }), output: backupComparison },
  /** What a plain export of these accounts would have, and how it has to be confirmed. */
  'transfer.authorisation': { input: v.strictObject({ scope: exportScope }), output: authorisation },
  /** Writes values in clear into a file that is chosen in the system's dialog. */
  'transfer.export': { input: exportInput, output: exported },
  /** Has a person choose another program's file, and tells what is in it: names, and no values. */
  'transfer.chooseImport': { input: v.strictObject({ format: importFormat }), output: chosenImport },
  /** Stores what was chosen of it, by place, as values without a server, and shows their account. */
  'transfer.import': { input: importInput, output: imported },
  /** Stops the backup and the import under way: no file is written then, and no value stored. `transfer.progress` tells how far they are. */
  'transfer.stop': { input: nothing, output: nothing },
  /** Forgets a file that was chosen. */
  'transfer.forget': { input: v.strictObject({ ticket }), output: nothing },
  /** Logs in with a stored value at the account `target`, and makes it the value of the key that it turns out to be. */
  'keys.prove': { input: v.strictObject({ accountId, id: keyId, target: accountId }), output: key },
  /** What a `latchkey://` link led to, once; null when none came. A link to a key waits while the vault is closed. */
  'links.consume': { input: nothing, output: v.nullable(linked) },
  /** A page of the journal: what left the vault and what changed in it, the newest first. */
  'journal.list': { input: journalWanted, output: journalPage },
  /** Exports the whole journal, signed, to a file that the person chooses in a dialog of main's. */
  'journal.export': { input: nothing, output: journalExported },

  ...updateCalls,

  'keychain.examine': { input: nothing, output: diagnosis },
  /** Puts every item into a file under a passphrase, and only then out of the OS keychain. On a first start there is nothing to move. */
  'keychain.usePassphrase': { input: v.strictObject({ passphrase: secret }), output: appState },
  /** Seals every item in the OS keychain under a passphrase, which from then on is asked for beside it. */
  'keychain.addPassphrase': { input: v.strictObject({ passphrase: secret }), output: appState },
  'keychain.changePassphrase': { input: v.strictObject({ now: secret, next: secret }), output: nothing },
  /** When a passphrase may be tried next, which wrong ones put off; null if at once. Answered while the vault is closed. */
  'keychain.nextTry': { input: nothing, output: v.strictObject({ at: v.nullable(time) }) },
  /** The way back: into the OS keychain, and only then out of the file. */
  'keychain.useOs': { input: nothing, output: appState },
} as const

/** Every event. They announce; none steers. */
export const events = {
  'app.changed': appState,
  'keys.changed': keyList,
  'keys.verifying': v.strictObject({ done: count, total: count }),
  'clipboard.cleared': nothing,
  'transfer.progress': transferProgress,
  'updates.changed': updates,
  /** `links.consume` has something to tell. */
  'link.arrived': nothing,
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
export type Diagnosis = v.InferOutput<typeof diagnosis>
export type JournalPage = v.InferOutput<typeof journalPage>
export type Credentials = v.InferOutput<typeof credentials>
export type StoredKey = v.InferOutput<typeof storedKey>
export type Outlets = v.InferOutput<typeof outlets>
export type Approval = v.InferOutput<typeof approval>
export type Browsers = v.InferOutput<typeof browsers>
export type Settings = v.InferOutput<typeof settings>
export type Linked = v.InferOutput<typeof linked>
export type UpdatesState = v.InferOutput<typeof updates>
export type SettingsState = v.InferOutput<typeof settingsState>
export type Overview = v.InferOutput<typeof overview>[number]
export type BackedUp = Extract<v.InferOutput<typeof backedUp>, { outcome: 'done' }>
export type ChosenBackup = Extract<v.InferOutput<typeof chosenBackup>, { outcome: 'chosen' }>
export type BackupComparison = v.InferOutput<typeof backupComparison>
export type Authorisation = v.InferOutput<typeof authorisation>
export type ChosenImport = Extract<v.InferOutput<typeof chosenImport>, { outcome: 'chosen' }>

/** What the preload puts on `window.latchkey`. */
export type Bridge = BridgeOf<typeof calls, typeof events>
