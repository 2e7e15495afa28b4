/**
 * @typedef {object} Item of the list
 * @property {string} number as it appears at the end of the titles of its tests
 * @property {string} says
 * @property {string} how it is tested
 * @property {string[]} [files] files whose tests all belong to this item, whatever their titles
 * @property {Partial<Record<NodeJS.Platform, string>>} [not] why it does not apply on a platform
 */

/**
 * The package as users get it · its debuggable copy, in which one fuse lets a test attach a debugger · the app as it was built, from the
 * same sources.
 */
const [real, copy, built, source] = ['on the package', 'on its debuggable copy', 'on the built app', 'in the source and by unit tests']

/** @type {Item[]} */
export const items = [
  {
    number: '1',
    says: 'Every window isolated, sandboxed, without Node, with web security',
    how: `${copy}: preferences, page and process of each; ${source}`,
  },
  {
    number: '2',
    says: 'The sandbox is on for all pages, before the app is ready',
    how: `${copy}: a window that does not ask for it is sandboxed; ${source}`,
  },
  { number: '3', says: 'Pages come from a scheme of our own, with no exemption', how: copy },
  {
    number: '4',
    says: 'The scheme serves the pages’ files and nothing else',
    how: `${copy}: 10,000 addresses, each file read recorded; ${built}`,
    files: ['test/e2e/app/fuzz.test.ts'],
  },
  { number: '5', says: 'Fuse: file:// has no privileges', how: `${real}: read back` },
  { number: '6', says: 'Fuses: not Node, no options, no inspector', how: `${real}: tried by variables, switches and a signal` },
  { number: '7', says: 'The app loads from its archive only, and not from a changed one', how: `${real}: a copy that was tampered with` },
  {
    number: '8',
    says: 'Cookies encrypted, every other fuse set as listed',
    how: `${real}: read back; ${source}`,
    files: ['test/packages/fuses.test.ts'],
  },
  {
    number: '9',
    says: 'Linux: a signed manifest of all files, verified at the start',
    how: `${real}: a copy that was tampered with; ${source}`,
    files: ['test/main/install/integrity/'],
  },
  { number: '10', says: 'A content security policy in the response: own scripts only', how: `${copy}: eight ways to run other code` },
  {
    number: '11',
    says: 'The page has no network',
    how: `${copy}: six kinds of ways out, counted by connections; each connects in an unrestricted window`,
  },
  { number: '12', says: 'Every permission and device refused', how: copy },
  { number: '13', says: 'The page cannot be navigated away', how: `${copy}: twelve ways` },
  { number: '14', says: 'No window opens', how: `${copy}: script, link, middle button` },
  { number: '15', says: 'No webview', how: copy },
  { number: '16', says: 'No downloads', how: copy },
  { number: '17', says: 'Only the extension’s folder is opened in another program', how: source },
  {
    number: '18',
    says: 'A frozen bridge with the contract’s calls, and no others',
    how: `${copy}: every window compared with its contract; ${source}`,
  },
  {
    number: '19',
    says: 'Senders checked: window, top frame, page',
    how: `${copy}: a forged window; ${source}`,
    files: ['test/main/ipc/answer.test.ts'],
  },
  {
    number: '20',
    says: 'Messages parsed both ways; errors are codes',
    how: `${copy}: malformed messages to every call; 100,000 per channel by npm run fuzz; ${source}`,
    files: ['test/main/ipc/answer.test.ts'],
  },
  { number: '21', says: 'Values cross on Reveal only', how: `${built}: every message is searched`, files: ['test/secrecy.test.ts'] },
  {
    number: '22',
    says: 'Main refuses every call of a locked vault',
    how: `${copy}: every call; ${source}`,
    files: ['test/main/ipc/access.test.ts'],
  },
  {
    number: '23',
    says: 'A lock leaves nothing in memory',
    how: `${built}: /proc/PID/mem of all processes; ${copy}: another program in the same process`,
    files: ['test/e2e/lock/memory.test.ts'],
    not: { darwin: 'no /proc', win32: 'no /proc' },
  },
  {
    number: '24',
    says: 'No secret in arguments, environment, output, titles, files, dumps',
    how: `${copy}: searched for in five encodings, after a crash too`,
  },
  {
    number: '25',
    says: 'Memory closed to other programs, no core dumps, no crash reports',
    how: `${real}: gdb, /proc, a crash; main only, because only Chromium can close the pages’ processes`,
    not: { win32: 'a process cannot close itself there' },
  },
  {
    number: '26',
    says: 'Kept out of screenshots, if chosen in the settings',
    how: `${copy}: the call to the system, which has no effect on Linux`,
  },
  { number: '27', says: 'Sessions in memory, nothing of a page on disk', how: copy },
  { number: '28', says: 'No developer tools, no remote debugging', how: `${real} and ${copy}` },
  {
    number: '29',
    says: 'Switches that weaken the app are refused',
    how: `${real}: 14 tried; all switches but a list of twelve are refused`,
  },
  {
    number: '30',
    says: 'A second start shows the window, and does nothing else',
    how: `${copy}; links by ${source} and ${built}`,
    files: ['test/main/desktop/deep-link.test.ts', 'test/main/desktop/launch-request.test.ts', 'test/e2e/app/links.test.ts'],
  },
  {
    number: '31',
    says: 'Only this user can use the socket; message size and idle time are limited',
    how: `${copy}; ${source}`,
    files: ['test/main/agent/socket/socket.test.ts', 'test/main/agent/peer/peer-process.test.ts'],
  },
  { number: '32', says: 'TLS by the system’s roots only', how: `${copy}: a self-signed server; ${source}` },
  {
    number: '33',
    says: 'Only this user can read the profile; it is written atomically, and through no symbolic link',
    how: `${copy}; ${source}`,
    files: ['test/shared/atomic-file.test.ts'],
  },
  {
    number: '34',
    says: 'Copied values are marked as secret, and the clipboard is cleared only if it still holds one',
    how: `${built}; ${source}`,
    files: ['test/e2e/outlets/clipboard.test.ts', 'test/main/outlets/clipboard.test.ts', 'test/main/outlets/system-clipboard.test.ts'],
  },
  {
    number: '35',
    says: 'Locks on sleep, screen lock, user switch, and by the wall clock',
    how: `${built}: a fake login service; ${source}`,
    files: ['test/e2e/lock/triggers.test.ts', 'test/main/lock/'],
  },
  {
    number: '36',
    says: 'Updates signed, by https, never older; off in the deb',
    how: `${source}: a feed that was tampered with`,
    files: ['test/main/updates/'],
  },
  {
    number: '37',
    says: 'Dependencies pinned by hash, no install scripts, licences listed',
    how: source,
    files: ['test/scripts/supply.test.ts', 'test/scripts/set-up/integrity.test.ts'],
  },
  { number: '38', says: 'Only native modules outside the archive, and each is verified', how: `${real}: replaced, changed` },
  {
    number: '39',
    says: 'Linux: AppArmor profile. macOS: hardened runtime, one entitlement',
    how: `${source}; signatures of macOS and Windows can be checked there only`,
  },
  {
    number: '40',
    says: 'A release needs an Electron that is still supported',
    how: source,
    files: ['test/packages/release.test.ts', 'test/scripts/supply.test.ts'],
  },
  {
    number: '41',
    says: 'Variables cannot expose TLS keys, add trusted certificates or turn on Node’s debug output',
    how: `${copy}: all of them set; ${source}`,
    files: ['test/main/harden/'],
  },
  { number: '42', says: 'No packet by WebRTC, no connection by a resource hint', how: `${copy}: as 11` },
  { number: '43', says: 'No page crashes the app by requesting a device', how: `${copy}: USB, serial, HID, Bluetooth` },
  {
    number: '44',
    says: 'Malformed messages do no harm to the agent',
    how: `${source}; 100,000 messages by npm run fuzz`,
    files: ['test/main/agent/fuzz.test.ts'],
  },
  {
    number: '45',
    says: 'A program that impersonates the browser gets nothing',
    how: `${source}: replayed, reordered, changed`,
    files: [
      'test/clients/shared/secure-session/handshake.test.ts',
      'test/clients/shared/secure-session/channel.test.ts',
      'test/clients/shared/secure-session/app-connection.test.ts',
    ],
  },
  {
    number: '46',
    says: 'A prompt accepts no input that was meant for another window',
    how: built,
    files: ['test/e2e/outlets/prompt-hands.test.ts'],
  },
  {
    number: '47',
    says: 'Typing stops when another window gets the focus',
    how: source,
    files: ['test/main/outlets/typist/x11/x11-typist.test.ts'],
  },
]
