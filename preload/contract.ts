/**
 * The contract of the main window: every call that it may make and every event that it gets, with strict schemas for both directions.
 *
 * Only these messages carry a secret:
 *   in   accounts.signIn, accounts.register, accounts.link   what a person typed to sign in, to be sent to the server
 *        values.store, keys.changeValue, keys.addValue       a key's value that a person pastes
 *        transfer.backUp, transfer.restore,                  the passphrase of a backup
 *        transfer.verifyBackup
 *        transfer.openImport                                 the passphrase of another program's file
 *        transfer.export                                     the passphrase of the keychain in use
 *        app.unlock, keychain.usePassphrase,                 the passphrase of the vault
 *        keychain.addPassphrase, keychain.changePassphrase
 *   out  keys.reveal                                         one value, because a person asked to see it
 * `keys.copy` carries no value, because main writes to the clipboard. Signing in with a stored key carries none, because main reads the
 * value from the keychain. Backups, exports and imports carry none, because main reads and writes the files. Every other message is free of
 * values; a key's notes are what its person typed. Types alone cannot guarantee that, so each message is parsed in both directions, and
 * unknown fields are refused.
 */
import * as v from 'valibot'
import { colours, mailPurposes } from '../shared/lists/accounts.ts'
import type { BridgeOf } from './bridge.ts'
import { journalExported, journalPage, journalWanted } from './journal-shapes.ts'
import type { authorisation, backedUp, backupComparison, chosenBackup, chosenImport } from './transfer-shapes.ts'
import { overview, transferCalls, transferProgress } from './transfer-shapes.ts'
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
  details,
  diagnosis,
  entryId,
  key,
  keyId,
  keyList,
  keyView,
  nothing,
  sameValue,
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
 * The schemas of each call's input and output. Names are `noun.verb`. A call that acts on keys names their account, because another account
 * may become the current one while the call is in flight, and the call must not reach that account's server.
 */
export const calls = {
  'app.state': { input: nothing, output: appState },
  'app.retry': { input: nothing, output: appState },
  /** Locks the app: every process of the app ends, and new ones start locked. */
  'app.lock': { input: nothing, output: nothing },
  /** Opens a passphrase vault, whose state is `closed` with the code `passphrase-needed`. */
  'app.unlock': { input: v.strictObject({ passphrase: secret }), output: appState },
  /** Sets aside the files that the root key does not open, without deleting any, and rebuilds the cache from servers and keychain. */
  'app.repair': { input: nothing, output: appState },
  'app.setTheme': { input: v.strictObject({ theme }), output: appState },
  'app.setKeyView': { input: keyView, output: appState },

  /** Creates the vault on this computer, or signs in to it again. */
  'accounts.openLocal': { input: nothing, output: account },
  'accounts.signIn': { input: v.strictObject({ server, credentials }), output: account },
  /** `confirm`: the server sent a mail. Signing in works once its link was opened. */
  'accounts.register': {
    input: v.strictObject({ server, email: typed, password: secret }),
    output: v.variant('outcome', [
      v.strictObject({ outcome: v.literal('signed-in'), account }),
      v.strictObject({ outcome: v.literal('confirm') }),
    ]),
  },
  /** Asks the server to mail another link: to confirm the address, or to choose a new password. */
  'accounts.sendMail': { input: v.strictObject({ server, email: typed, purpose: v.picklist(mailPurposes) }), output: nothing },
  /** Links an e-mail address and password to an anonymous account, which may then have keys. */
  'accounts.link': { input: v.strictObject({ id: accountId, email: typed, password: secret }), output: account },
  /** Sets the label and the colour of an account. Null removes them. */
  'accounts.setLabel': {
    input: v.strictObject({ id: accountId, label: v.nullable(typed), colour: v.nullable(v.picklist(colours)) }),
    output: appState,
  },
  /** All accounts with their numbers of keys and connection states, from the cache. */
  'accounts.list': { input: nothing, output: v.strictObject({ accounts: overview }) },
  'accounts.switch': { input: v.strictObject({ id: accountId }), output: account },
  /**
   * Deletes the session's tokens and revokes the session on the server. `revoked` is false if the server could not be reached. Values stay
   * in the keychain, unless `forgetValues` is set, which also removes the account from the list.
   */
  'accounts.signOut': {
    input: v.strictObject({ id: accountId, forgetValues: v.boolean() }),
    output: v.strictObject({ revoked: v.boolean() }),
  },

  /** The keys of an account, from the cache: never waits for the network. Null stands for the current account. */
  'keys.list': { input: v.nullable(v.strictObject({ accountId })), output: keyList },
  /** The keys of all accounts, in the order of the accounts, from the cache. */
  'keys.listAll': { input: nothing, output: v.strictObject({ lists: v.array(keyList) }) },
  /** Syncs an account with its server and returns the new list. If the server could not be reached, `trouble` says why. */
  'keys.sync': { input: v.nullable(v.strictObject({ accountId })), output: keyList },
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
  /** The only message that carries a value into the window. */
  'keys.reveal': { input: v.strictObject({ accountId, id: keyId }), output: v.strictObject({ value: secret }) },
  /** Main copies; the clipboard is cleared at `clearsAt` if it still holds the value, and on quit. */
  'keys.copy': { input: v.strictObject({ accountId, id: keyId }), output: v.strictObject({ clearsAt: time }) },
  /** Queues the creation until the server can be reached. */
  'keys.createLater': { input: v.strictObject({ accountId, name: typed }), output: keyList },
  /** Cancels a pending change. If it was sent already, the next sync still looks for its outcome. */
  'keys.cancel': { input: v.strictObject({ accountId, id: entryId }), output: keyList },
  /** Dismisses notifications. */
  'keys.dismiss': { input: v.strictObject({ accountId, ids: v.pipe(v.array(entryId), v.maxLength(1000)) }), output: keyList },
  /**
   * Stores a value from elsewhere, and makes the account of stored values the current one. `same` is a key that already had this value;
   * null if none had it.
   */
  'values.store': {
    input: v.strictObject({ name: typed, value: secret }),
    output: v.strictObject({ state: appState, key, same: sameValue }),
  },
  /** Gives a stored key a new value. The one before goes to the trash. */
  'keys.changeValue': { input: v.strictObject({ accountId, id: keyId, value: secret }), output: key },
  /** Gives a stored key its value `id` back from the trash, where the one that it has until then goes. Returns the key. */
  'keys.restoreValue': { input: v.strictObject({ accountId, id: keyId }), output: key },
  /** Renames a stored key. */
  'keys.rename': { input: v.strictObject({ accountId, id: keyId, name: typed }), output: key },
  /** Sets everything that a person writes down about a key. */
  'keys.setDetails': { input: v.strictObject({ accountId, id: keyId, details }), output: key },
  /** Copies the address where a new value of the key is to be had. Main opens no address. */
  'keys.copyRenewal': { input: v.strictObject({ accountId, id: keyId }), output: nothing },
  /** Stores a pasted value, after a login with it has proved that it opens this account. */
  'keys.addValue': { input: v.strictObject({ accountId, id: keyId, value: secret }), output: key },
  /** Deletes the key and creates one of the same name. `name` is what the person typed to confirm. */
  'keys.replace': { input: v.strictObject({ accountId, id: keyId, name: typed }), output: key },
  /** Logs in with the stored value, and out again. */
  'keys.verify': { input: v.strictObject({ accountId, id: keyId }), output: key },
  /** Verifies each key whose value is on this computer, one by one. `keys.verifying` reports the progress. */
  'keys.verifyAll': { input: v.strictObject({ accountId }), output: keyList },
  'keys.stopVerifying': { input: nothing, output: nothing },
  /** Deletes a value from the trash before its time. */
  'keys.purge': { input: v.strictObject({ accountId, id: keyId }), output: keyList },

  'keys.copyId': { input: v.strictObject({ accountId, id: keyId }), output: nothing },

  /**
   * Keys that can be used to sign in to a server: the keys of that server first, then values that belong to no server. While the address is
   * incomplete, the keys of all servers.
   */
  'keys.forServer': { input: v.strictObject({ server }), output: v.strictObject({ keys: v.array(storedKey) }) },
  /** The sites where a key may be filled in, and its last releases. */
  'keys.outlets': { input: v.strictObject({ accountId, id: keyId }), output: outlets },
  /** Normalises a typed address. `domain` is null if sub-domains cannot be allowed. */
  'keys.parseSite': {
    input: v.strictObject({ url: typedAddress }),
    output: v.strictObject({ origin: v.string(), domain: v.nullable(v.string()) }),
  },
  'keys.addSite': { input: v.strictObject({ accountId, id: keyId, url: typedAddress, subdomains: v.boolean() }), output: outlets },
  'keys.removeSite': { input: v.strictObject({ accountId, id: keyId, siteId: entryId }), output: outlets },

  /** The remembered approvals of all accounts: those answered with “for 15 minutes” or “always”. */
  'approvals.list': { input: nothing, output: v.strictObject({ approvals: v.array(approval) }) },
  'approvals.revoke': { input: v.strictObject({ accountId, id: entryId }), output: v.strictObject({ approvals: v.array(approval) }) },

  'browsers.list': { input: nothing, output: browsers },
  /** Registers the native messaging host with a browser, so that the extension finds Latchkey. */
  'browsers.register': { input: v.strictObject({ id: browserId }), output: browsers },
  'browsers.unregister': { input: v.strictObject({ id: browserId }), output: browsers },
  /** Shows the extension's folder in the file manager, and returns its path, which the user has to enter in the browser. */
  'browsers.showExtension': { input: v.strictObject({ id: browserId }), output: v.strictObject({ folder: v.string() }) },
  /** Removes a pairing and its approvals. */
  'browsers.unpair': { input: v.strictObject({ id: pairingId }), output: browsers },

  'settings.get': { input: nothing, output: settingsState },
  'settings.set': { input: settings, output: settingsState },

  ...transferCalls,
  /** Logs in to the account `target` with a stored value, and stores it as the value of the key that it belongs to. */
  'keys.prove': { input: v.strictObject({ accountId, id: keyId, target: accountId }), output: key },
  /** What the last `latchkey://` link leads to. Each link is returned once; null if none is pending. Links to keys wait for an unlock. */
  'links.consume': { input: nothing, output: v.nullable(linked) },
  /** A page of the journal: values that left the vault and changes in it, newest first. */
  'journal.list': { input: journalWanted, output: journalPage },
  /** Exports the whole journal, signed, into a file. The file is chosen in the system's dialog. */
  'journal.export': { input: nothing, output: journalExported },

  ...updateCalls,

  'keychain.examine': { input: nothing, output: diagnosis },
  /** Moves every item into a file under a passphrase: all are written before the first is deleted from the OS keychain. */
  'keychain.usePassphrase': { input: v.strictObject({ passphrase: secret }), output: appState },
  /** Seals every item in the OS keychain under a passphrase. Opening the vault then needs both. */
  'keychain.addPassphrase': { input: v.strictObject({ passphrase: secret }), output: appState },
  'keychain.changePassphrase': { input: v.strictObject({ now: secret, next: secret }), output: nothing },
  /** When the next passphrase attempt is allowed, after wrong ones; null if now. Answered while the vault is closed, too. */
  'keychain.nextTry': { input: nothing, output: v.strictObject({ at: v.nullable(time) }) },
  /** Moves every item back into the OS keychain, before the file is deleted. */
  'keychain.useOs': { input: nothing, output: appState },
} as const

/** Every event. Events announce a change; they do not ask the window to do something. */
export const events = {
  'app.changed': appState,
  /** The keys of one account, which need not be the current one. */
  'keys.changed': keyList,
  'keys.verifying': v.strictObject({ done: count, total: count }),
  'clipboard.cleared': nothing,
  'transfer.progress': transferProgress,
  'updates.changed': updates,
  /** A link is pending: `links.consume` returns what it leads to. */
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
export type LockedImport = Extract<v.InferOutput<typeof chosenImport>, { outcome: 'locked' }>

/** What the preload exposes as `window.latchkey`. */
export type Bridge = BridgeOf<typeof calls, typeof events>
