/** The schemas of messages about releases: stored keys, sites, uses, approvals, browsers, settings. */
import * as v from 'valibot'
import { browserIds, sandboxes } from '../shared/lists/browsers.ts'
import { purposes } from '../shared/lists/purposes.ts'
import { languageChoices, settingBounds, updateModes } from '../shared/lists/settings.ts'
import { accountId, count, entryId, keyId, refusalCode, time } from './shapes.ts'

const lastFour = v.nullable(v.pipe(v.string(), v.length(4)))

/** A key of any account whose value is on this computer. */
export const storedKey = v.strictObject({
  accountId,
  id: keyId,
  name: v.string(),
  /** The account's name. */
  account: v.string(),
  enabled: v.boolean(),
  lastFour,
  /** The account's server; null for a value that belongs to no server. */
  server: v.nullable(v.strictObject({ url: v.string(), appId: v.string() })),
  /** Whether it is the server and app of the request. */
  same: v.boolean(),
})

/** A site's address as typed. Only the length is checked here: main parses it, and its refusal says what is wrong. */
export const typedAddress = v.pipe(v.string(), v.maxLength(2048))

export const site = v.strictObject({
  id: entryId,
  /** As `https://host` or `https://host:port`. */
  origin: v.string(),
  /** Its host, if the key may also be filled in at sub-domains of it; null if only at this origin. */
  domain: v.nullable(v.string()),
  at: time,
})

/** The site or program that requested a value, without the fields that only distinguish its sessions. */
const askingParty = v.variant('kind', [
  v.strictObject({ kind: v.literal('site'), origin: v.string(), browser: v.string() }),
  v.strictObject({
    ...{ kind: v.literal('program'), program: v.string(), folder: v.string(), terminal: v.nullable(v.string()) },
    /** What the system reported of its process; null in journal lines and approvals of versions that did not record it. */
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

/** `uses`: newest first. */
export const outlets = v.strictObject({ sites: v.array(site), uses: v.array(use) })

/** A remembered approval. */
export const approval = v.strictObject({
  id: entryId,
  accountId,
  keyId,
  name: v.string(),
  account: v.string(),
  purpose: v.picklist(purposes),
  requester: askingParty,
  at: time,
  /** When it ends; null if it does not end by itself. */
  until: v.nullable(time),
})

export const browserId = v.picklist(browserIds)

/** The id of a paired extension. */
export const pairingId = v.pipe(v.string(), v.minLength(1), v.maxLength(128))

export const browsers = v.strictObject({
  /** Why no browser can reach Latchkey at all; null if registered ones can. */
  unreachable: v.nullable(refusalCode),
  browsers: v.array(
    v.strictObject({
      id: browserId,
      /** Whether its folders show that this user has it. */
      installed: v.boolean(),
      /** Whether it finds Latchkey: the manifest of the native messaging host exists and is ours. */
      registered: v.boolean(),
      /** Set if it was installed as a snap or flatpak: its sandbox keeps it from starting the native messaging host. */
      blocked: v.nullable(v.picklist(sandboxes)),
    }),
  ),
  /** `browser`: the program's path at the time of the pairing. */
  pairings: v.array(v.strictObject({ id: pairingId, browser: v.string(), at: time, lastAt: v.nullable(time) })),
})

/** A shortcut in Electron's notation. Without Ctrl, Alt or Super it would take a single key away from every program. */
const accelerator = v.pipe(
  v.string(),
  v.regex(
    /^(?=.*\b(?:Ctrl|Alt|Super)\+)(?:(?:Ctrl|Alt|Shift|Super)\+){1,4}(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Insert|Home|End|PageUp|PageDown)$/,
  ),
)

const whole = ([least, most]: readonly [number, number]) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

export const settings = v.strictObject({
  language: v.picklist(languageChoices),
  /** Minutes without input after which the vault locks; null for never. */
  lockAfterMinutes: v.nullable(whole(settingBounds.lockAfterMinutes)),
  /** How long a copied value stays on the clipboard. */
  clipboardSeconds: whole(settingBounds.clipboardSeconds),
  /** The global shortcut that opens the palette; null for none. */
  quickShortcut: v.nullable(accelerator),
  /** How long a temporary approval is valid. */
  approvalMinutes: whole(settingBounds.approvalMinutes),
  /** How long the trash keeps the value of a key that was deleted elsewhere. */
  trashDays: whole(settingBounds.trashDays),
  /** Whether windows are kept out of screenshots and shared screens, on systems that can do that. */
  contentProtection: v.boolean(),
  startAtLogin: v.boolean(),
  /** Whether it starts in the tray when the system starts it at login. */
  startHidden: v.boolean(),
  /** Whether closing the window leaves Latchkey running, on desktops that have a tray. */
  keepInTray: v.boolean(),
  updates: v.picklist(updateModes),
})

export const settingsState = v.strictObject({
  settings,
  /** Whether the system registered the shortcut. */
  shortcutWorks: v.boolean(),
  /** Why the palette cannot type into other windows; null if it can. */
  typingUnavailable: v.nullable(refusalCode),
  /** Whether there is a tray for the app to stay in. */
  hasTray: v.boolean(),
  /** Why the app is not started at login although the settings want it; null otherwise. */
  autostartUnavailable: v.nullable(refusalCode),
})

/** What a link leads to: a key of any account, or the reason why to none. */
export const linked = v.variant('what', [
  v.strictObject({ what: v.literal('key'), accountId, id: keyId, name: v.string(), account: v.string() }),
  v.strictObject({ what: v.literal('refused'), code: refusalCode }),
])
