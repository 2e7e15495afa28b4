/** What messages about values on their way out are made of: stored keys, sites, the journal, approvals, browsers, settings. */
import * as v from 'valibot'
import { browserIds, sandboxes } from '../shared/lists/browsers.ts'
import { purposes } from '../shared/lists/purposes.ts'
import { languageChoices, settingBounds, updateModes } from '../shared/lists/settings.ts'
import { accountId, count, entryId, keyId, refusalCode, time } from './shapes.ts'

const lastFour = v.nullable(v.pipe(v.string(), v.length(4)))

/** A key whose value is on this computer, of whatever account. */
export const storedKey = v.strictObject({
  accountId,
  id: keyId,
  name: v.string(),
  /** What its account is called. */
  account: v.string(),
  enabled: v.boolean(),
  lastFour,
  /** Where its account is; null for a value that belongs to no server. */
  server: v.nullable(v.strictObject({ url: v.string(), appId: v.string() })),
  /** Whether that is the server and app that were asked about. */
  same: v.boolean(),
})

/** What a person typed as a site's address: checked by main, which says what is wrong with it. */
export const typedAddress = v.pipe(v.string(), v.maxLength(2048))

export const site = v.strictObject({
  id: entryId,
  /** As `https://host` or `https://host:port`. */
  origin: v.string(),
  /** Its host, if the key may be filled in at the sub-domains of that too; null if at this origin alone. */
  domain: v.nullable(v.string()),
  at: time,
})

/** Whom a value was asked for: without what only tells one session of theirs from the next. */
const askingParty = v.variant('kind', [
  v.strictObject({ kind: v.literal('site'), origin: v.string(), browser: v.string() }),
  v.strictObject({
    ...{ kind: v.literal('program'), program: v.string(), folder: v.string(), terminal: v.nullable(v.string()) },
    /** What was seen of its process; null in what was written down before that was noted. */
    process: v.nullable(v.strictObject({ pid: count, startedAt: time, startedBy: v.nullable(v.string()) })),
  }),
])
export const party = v.variant('kind', [
  v.strictObject({ kind: v.literal('person') }),
  v.strictObject({ kind: v.literal('window'), program: v.string(), title: v.string() }),
  askingParty,
])

/** One line of the journal. */
export const use = v.strictObject({ purpose: v.picklist(purposes), requester: party, at: time })

/** `uses`: the newest first. */
export const outlets = v.strictObject({ sites: v.array(site), uses: v.array(use) })

/** An answer that is remembered. */
export const approval = v.strictObject({
  id: entryId,
  accountId,
  keyId,
  name: v.string(),
  account: v.string(),
  purpose: v.picklist(purposes),
  requester: askingParty,
  at: time,
  /** When it ends; null if it is for always. */
  until: v.nullable(time),
})

export const browserId = v.picklist(browserIds)

/** Of an extension that was paired. */
export const pairingId = v.pipe(v.string(), v.minLength(1), v.maxLength(128))

export const browsers = v.strictObject({
  /** Why no browser reaches Latchkey, whatever is registered; null while they do. */
  unreachable: v.nullable(refusalCode),
  browsers: v.array(
    v.strictObject({
      id: browserId,
      /** Whether this user has it, as far as its folders tell. */
      installed: v.boolean(),
      /** Whether it finds Latchkey: the file that names the native messaging host is there, and ours. */
      registered: v.boolean(),
      /** Packed so that it reaches no program outside its sandbox, whatever is registered. */
      blocked: v.nullable(v.picklist(sandboxes)),
    }),
  ),
  /** `browser`: the program's path, as it was at the pairing. */
  pairings: v.array(v.strictObject({ id: pairingId, browser: v.string(), at: time, lastAt: v.nullable(time) })),
})

/** Electron's words for keys pressed together, at least one of Ctrl, Alt and Super among them: else it would take a key from every program. */
const accelerator = v.pipe(
  v.string(),
  v.regex(
    /^(?=.*\b(?:Ctrl|Alt|Super)\+)(?:(?:Ctrl|Alt|Shift|Super)\+){1,4}(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Insert|Home|End|PageUp|PageDown)$/,
  ),
)

const whole = ([least, most]: readonly [number, number]) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

export const settings = v.strictObject({
  language: v.picklist(languageChoices),
  /** Without a key or a pointer moved; null for never. */
  lockAfterMinutes: v.nullable(whole(settingBounds.lockAfterMinutes)),
  /** How long a copied value stays on the clipboard. */
  clipboardSeconds: whole(settingBounds.clipboardSeconds),
  /** Opens the palette from anywhere; null for none. */
  quickShortcut: v.nullable(accelerator),
  /** How long an answer holds that was given for a while. */
  approvalMinutes: whole(settingBounds.approvalMinutes),
  /** How long the value of a key stays that somebody deleted elsewhere. */
  trashDays: whole(settingBounds.trashDays),
  /** Whether windows are kept out of screenshots and shared screens, where the system can. */
  contentProtection: v.boolean(),
  startAtLogin: v.boolean(),
  /** In the tray, when the system starts it. */
  startHidden: v.boolean(),
  /** Whether closing the window leaves Latchkey running, where there is a tray to find it in. */
  keepInTray: v.boolean(),
  updates: v.picklist(updateModes),
})

export const settingsState = v.strictObject({
  settings,
  /** Whether the system gave us the shortcut. */
  shortcutWorks: v.boolean(),
  /** Why the palette cannot type into other windows here; null when it can. */
  typingBarred: v.nullable(refusalCode),
  /** Whether there is a tray for the app to stay in. */
  hasTray: v.boolean(),
  /** Why it is not started at login though it is to be; null when it is, or is not to be. */
  autostartBarred: v.nullable(refusalCode),
})

/** What a link led to: a key of any account, or nothing, and why. */
export const linked = v.variant('what', [
  v.strictObject({ what: v.literal('key'), accountId, id: keyId, name: v.string(), account: v.string() }),
  v.strictObject({ what: v.literal('refused'), code: refusalCode }),
])
