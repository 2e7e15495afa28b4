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
const [real, twin, built, source] = ['on the package', 'in the package’s twin', 'on the built app', 'by the source and its unit tests']

/** @type {Item[]} */
export const items = [
  {
    number: '1',
    says: 'Every window isolated, sandboxed, without Node, with web security',
    how: `${twin}: preferences, page and process of each; ${source}`,
  },
  {
    number: '2',
    says: 'The sandbox is on for everything, before anything is ready',
    how: `${twin}: a window made without is in it; ${source}`,
  },
  { number: '3', says: 'Pages from a scheme of our own, with no exemption', how: twin },
  {
    number: '4',
    says: 'The scheme leads to the pages’ files and to nothing else',
    how: `${twin}: 10,000 addresses, every reading of a file noted; ${built}`,
    files: ['test/e2e/app/fuzz.test.ts'],
  },
  { number: '5', says: 'Fuse: file:// has no privileges', how: `${real}: read back` },
  { number: '6', says: 'Fuses: not Node, no options, no inspector', how: `${real}: tried by variables, switches and a signal` },
  { number: '7', says: 'The app from its archive only, whose change stops it', how: `${real}: a copy meddled with` },
  {
    number: '8',
    says: 'Cookies encrypted, every fuse decided',
    how: `${real}: read back; ${source}`,
    files: ['test/packages/fuses.test.ts'],
  },
  {
    number: '9',
    says: 'Linux: a signed manifest of all files, looked at when it starts',
    how: `${real}: a copy meddled with; ${source}`,
    files: ['test/main/install/integrity/'],
  },
  { number: '10', says: 'A policy in the answer: own scripts only', how: `${twin}: eight ways to run other code` },
  {
    number: '11',
    says: 'The page has no network',
    how: `${twin}: six families of ways out, counted by connections; each reaches in a plain window`,
  },
  { number: '12', says: 'Every permission and device refused', how: twin },
  { number: '13', says: 'The page cannot be led away', how: `${twin}: twelve ways` },
  { number: '14', says: 'No window opens', how: `${twin}: script, link, middle button` },
  { number: '15', says: 'No webview', how: twin },
  { number: '16', says: 'No downloads', how: twin },
  { number: '17', says: 'Nothing is opened outside but a folder of ours', how: source },
  {
    number: '18',
    says: 'A frozen bridge of the contract’s calls, and no other',
    how: `${twin}: every window compared with its contract; ${source}`,
  },
  {
    number: '19',
    says: 'Senders checked: window, top frame, page',
    how: `${twin}: a forged window; ${source}`,
    files: ['test/main/ipc/answer.test.ts'],
  },
  {
    number: '20',
    says: 'Messages parsed both ways; errors are codes',
    how: `${twin}: wrong shapes to every call; 100,000 a channel by npm run fuzz; ${source}`,
    files: ['test/main/ipc/answer.test.ts'],
  },
  { number: '21', says: 'Values cross on Reveal only', how: `${built}: all that crosses looked through`, files: ['test/secrecy.test.ts'] },
  {
    number: '22',
    says: 'Main refuses every call of a locked vault',
    how: `${twin}: every call; ${source}`,
    files: ['test/main/ipc/access.test.ts'],
  },
  {
    number: '23',
    says: 'A lock leaves nothing in memory',
    how: `${built}: /proc/PID/mem of all processes; ${twin}: another process by the same number`,
    files: ['test/e2e/lock/memory.test.ts'],
    not: { darwin: 'no /proc', win32: 'no /proc' },
  },
  {
    number: '24',
    says: 'No secret in words, environment, output, titles, files, dumps',
    how: `${twin}: looked for in five forms, after a crash too`,
  },
  {
    number: '25',
    says: 'Memory closed to other programs, no cores, no reporter',
    how: `${real}: gdb, /proc, a crash; main’s, pages’ processes are Chromium’s to close`,
    not: { win32: 'a process cannot close itself there' },
  },
  { number: '26', says: 'Left out of screenshots, by choice', how: `${twin}: the call to the system, which has no effect on Linux` },
  { number: '27', says: 'Sessions in memory, nothing of a page on disk', how: twin },
  { number: '28', says: 'No developer tools, no remote debugging', how: `${real} and ${twin}` },
  { number: '29', says: 'Switches that weaken it are refused', how: `${real}: 14 started; all but a list of twelve are refused` },
  {
    number: '30',
    says: 'A second start shows, and does nothing',
    how: `${twin}; links by ${source} and ${built}`,
    files: ['test/main/desktop/deep-link.test.ts', 'test/main/desktop/launch-request.test.ts', 'test/e2e/app/links.test.ts'],
  },
  {
    number: '31',
    says: 'The socket is this user’s; lengths and silence limited',
    how: `${twin}; ${source}`,
    files: ['test/main/agent/socket/socket.test.ts', 'test/main/agent/peer/peer-process.test.ts'],
  },
  { number: '32', says: 'TLS by the system’s roots only', how: `${twin}: a self-signed server; ${source}` },
  {
    number: '33',
    says: 'The profile is this user’s, written whole, through no link',
    how: `${twin}; ${source}`,
    files: ['test/shared/atomic-file.test.ts'],
  },
  {
    number: '34',
    says: 'Clipboard hinted, and cleared only if it is ours still',
    how: `${built}; ${source}`,
    files: ['test/e2e/outlets/clipboard.test.ts', 'test/main/outlets/clipboard.test.ts', 'test/main/outlets/system-clipboard.test.ts'],
  },
  {
    number: '35',
    says: 'Sleep, screen lock, user switch, the clock on the wall: locked',
    how: `${built}: a login service of the test’s; ${source}`,
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
    says: 'Dependencies frozen, no install scripts, listed',
    how: source,
    files: ['test/scripts/supply.test.ts', 'test/scripts/set-up/integrity.test.ts'],
  },
  { number: '38', says: 'Only native parts outside the archive, and each one checked', how: `${real}: replaced, changed` },
  {
    number: '39',
    says: 'Linux: AppArmor profile. macOS: hardened runtime, one entitlement',
    how: `${source}; signatures of macOS and Windows can be read there only`,
  },
  {
    number: '40',
    says: 'A release needs an Electron that gets corrections',
    how: source,
    files: ['test/packages/release.test.ts', 'test/scripts/supply.test.ts'],
  },
  {
    number: '41',
    says: 'Variables do not listen in: TLS keys, trust, Node’s own talk',
    how: `${twin}: all of them set; ${source}`,
    files: ['test/main/harden/'],
  },
  { number: '42', says: 'No packet by WebRTC, no connection by a hint', how: `${twin}: as 11` },
  { number: '43', says: 'No page takes the app down by asking for a device', how: `${twin}: USB, serial, HID, Bluetooth` },
  {
    number: '44',
    says: 'The agent takes no harm from what makes no sense',
    how: `${source}; 100,000 messages by npm run fuzz`,
    files: ['test/main/agent/fuzz.test.ts'],
  },
  {
    number: '45',
    says: 'A program in the browser’s place gets nothing',
    how: `${source}: replayed, reordered, changed`,
    files: [
      'test/clients/shared/secure-session/handshake.test.ts',
      'test/clients/shared/secure-session/channel.test.ts',
      'test/clients/shared/secure-session/app-connection.test.ts',
    ],
  },
  {
    number: '46',
    says: 'A prompt takes no answer that was meant for something else',
    how: built,
    files: ['test/e2e/outlets/prompt-hands.test.ts'],
  },
  {
    number: '47',
    says: 'No window of another program gets a value half typed',
    how: source,
    files: ['test/main/outlets/typist/x11/x11-typist.test.ts'],
  },
]
