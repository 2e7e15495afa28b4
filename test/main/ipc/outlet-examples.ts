import type { CallName } from '../../../preload/contract.ts'

const id = 'a'.repeat(24)
const accountId = '0123456789abcdef'
const entryId = 'b'.repeat(16)
const server = { url: 'https://example.org', appId: 'app' }

const program = {
  kind: 'program',
  program: '/usr/bin/zsh',
  folder: '/home/ada',
  terminal: 'pts/3',
  process: { pid: 4711, startedAt: 1_700_000_000_000, startedBy: '/usr/bin/xterm' },
}
const site = { kind: 'site', origin: 'https://console.example.com', browser: '/usr/bin/chromium' }
const outlets = {
  sites: [
    { id: entryId, origin: 'https://console.example.com', domain: null, at: 1 },
    { id: entryId, origin: 'https://example.com:8443', domain: 'example.com', at: 1 },
  ],
  uses: [
    { purpose: 'copy', requester: { kind: 'person' }, at: 4 },
    { purpose: 'type', requester: { kind: 'window', program: '/usr/bin/xterm', title: 'vim' }, at: 3 },
    { purpose: 'fill', requester: site, at: 2 },
    { purpose: 'run', requester: { ...program, terminal: null }, at: 1 },
  ],
}
const named = { accountId, keyId: id, name: 'build', account: 'This computer' }
const approvals = {
  approvals: [
    { id: entryId, ...named, purpose: 'fill', requester: site, at: 1, until: null },
    { id: entryId, ...named, purpose: 'run', requester: program, at: 1, until: 2 },
  ],
}
const browsers = {
  unreachable: 'agent-blocked',
  browsers: [{ id: 'firefox', installed: true, registered: false, blocked: 'snap' }],
  pairings: [{ id: entryId, browser: '/usr/lib/firefox-esr/firefox-esr', at: 1, lastAt: null }],
}
const settings = {
  ...{ language: 'de', lockAfterMinutes: 10, clipboardSeconds: 30, quickShortcut: 'Ctrl+Alt+K', approvalMinutes: 15, trashDays: 30 },
  ...{ contentProtection: true, startAtLogin: false, startHidden: false, keepInTray: true, updates: 'tell' },
}
const settingsState = { settings, shortcutWorks: true, typingUnavailable: 'typing-unavailable', hasTray: true, autostartUnavailable: null }

const updates = { unavailable: null, step: 'downloading', version: '0.2.0', percent: 40, trouble: 'update-failed', checkedAt: 1 }

/** A good input and a good answer for the calls about values on their way out. */
export const outletExamples = {
  'keys.forServer': [
    { server: { url: '', appId: '' } },
    { keys: [{ accountId, id, name: 'build', account: 'This computer', enabled: true, lastFour: 'wxyz', server, same: true }] },
  ],
  'keys.outlets': [{ accountId, id }, outlets],
  'keys.parseSite': [{ url: 'console.example.com' }, { origin: 'https://console.example.com', domain: null }],
  'keys.addSite': [{ accountId, id, url: 'console.example.com', subdomains: false }, outlets],
  'keys.removeSite': [{ accountId, id, siteId: entryId }, outlets],
  'approvals.list': [null, approvals],
  'approvals.revoke': [{ accountId, id: entryId }, approvals],
  'browsers.list': [null, browsers],
  'browsers.register': [{ id: 'chromium' }, browsers],
  'browsers.unregister': [{ id: 'chromium' }, browsers],
  'browsers.showExtension': [{ id: 'chromium' }, { folder: '/opt/latchkey/extension/chromium' }],
  'browsers.unpair': [{ id: entryId }, browsers],
  'settings.get': [null, settingsState],
  'settings.set': [settings, settingsState],
  'updates.state': [null, updates],
  'updates.check': [null, updates],
  'updates.download': [null, updates],
  'updates.install': [null, updates],
  'links.consume': [null, { what: 'key', accountId, id, name: 'build', account: 'This computer' }],
} satisfies { [N in CallName]?: [input: unknown, output: unknown] }
