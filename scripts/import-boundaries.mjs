// What each folder may import: the only source, which `npm run check` enforces and from which ARCHITECTURE.md's picture is drawn.

/**
 * A folder or a file, and what it may import besides itself and `shared/` (without `shared/files/`).
 * @typedef {{ why: string, own?: string[], packages?: string[] | 'any' }} Boundary
 */

/** Node modules as `node:NAME`, npm packages by their name, folders of the project with a trailing slash. */
/** @type {Record<string, Boundary>} */
export const boundaries = {
  'shared/': {
    why: 'Both sides of a boundary import it: constants, and helpers that order promises and limit their time. No Node, no Electron, no schema.',
  },
  'shared/files/': { why: 'File helpers, for code that runs in Node only.', packages: ['node:crypto', 'node:fs', 'node:path'] },

  'main/vault/': { why: 'The vault is pure: it reaches the outside world through ports/.', packages: ['node:crypto'] },
  'main/realm/': {
    why: 'The SDK adapter implements the vault’s ports, and knows no other adapter.',
    own: ['main/vault/'],
    packages: ['realm', 'valibot', 'node:crypto', 'node:fs', 'node:http', 'node:module', 'node:os', 'node:path'],
  },
  'main/keychain/': {
    why: 'The keychain adapter implements the vault’s port, and knows no other adapter.',
    own: ['main/vault/', 'main/desktop/session-bus.ts', 'shared/files/'],
    packages: [
      ...['keytar', '@jellybrick/dbus-next', '@node-rs/argon2', 'valibot'],
      ...['node:crypto', 'node:events', 'node:fs', 'node:module', 'node:path'],
    ],
  },
  'main/outlets/': {
    why: 'Where values leave the vault: it knows the vault, the windows’ contracts and the system.',
    own: [
      ...['main/vault/', 'main/desktop/session-bus.ts', 'main/harden/own-process.ts', 'shared/files/'],
      ...['preload/prompt-contract.ts', 'preload/palette-contract.ts'],
    ],
    packages: [
      ...['electron', 'koffi', 'tldts', 'valibot', '@jellybrick/dbus-next', 'node:child_process', 'node:crypto', 'node:events', 'node:fs'],
      ...['node:module', 'node:os', 'node:path', 'node:timers/promises', 'node:util'],
    ],
  },
  'main/transfer/': {
    why: 'Backup, restore, export and import: other programs’ files are read into names and values, and nothing of them is kept here.',
    own: [
      ...['main/vault/', 'main/keychain/passphrase/derivation.ts', 'main/storage/embedded-backend.ts', 'shared/files/'],
      ...['main/settings/preferences.ts', 'main/settings/profile.ts'],
    ],
    packages: ['valibot', 'node:crypto', 'node:fs', 'node:os', 'node:path'],
  },
  'main/transfer/import/': {
    why: 'Reads other programs’ files into names and values, and keeps nothing of them.',
    own: ['main/vault/'],
    packages: ['@noble/ciphers', '@node-rs/argon2', 'sax', 'valibot', 'yaml', 'yauzl', 'node:crypto', 'node:zlib'],
  },
  'main/updates/': {
    why: 'Fetches and verifies new versions.',
    own: ['main/settings/preferences.ts', 'main/vault/refusal.ts', 'shared/files/', 'preload/contract.ts'],
    packages: ['electron', 'electron-updater', 'valibot', 'node:crypto'],
  },
  'main/browsers/': {
    why: 'Where browsers look for the native messaging host: files and, on Windows, the registry.',
    own: ['main/vault/refusal.ts', 'shared/files/', 'clients/shared/protocol/extension-ids.ts'],
    packages: ['valibot', 'node:child_process', 'node:fs', 'node:path'],
  },
  'main/agent/': {
    why: 'Hands what programs and browsers ask on to the vault and the outlets: it knows no adapter and no window.',
    own: ['main/vault/', 'main/outlets/', 'clients/shared/protocol/', 'clients/shared/secure-session/'],
    packages: ['koffi', 'valibot', 'node:crypto', 'node:fs', 'node:net', 'node:path', 'node:util'],
  },
  'main/lock/': {
    why: 'What asks for a lock, and what a lock comes to.',
    own: ['main/harden/chromium-processes.ts', 'main/install/app-image.ts', 'main/desktop/session-bus.ts'],
    packages: ['@jellybrick/dbus-next', 'electron', 'koffi', 'node:fs', 'node:path'],
  },
  'main/install/integrity/': {
    why: 'Runs before anything of the app is there.',
    packages: ['valibot', 'node:crypto', 'node:fs', 'node:path', 'node:stream'],
  },
  'main/harden/': { why: 'Closes this process to others.', packages: ['koffi', 'node:fs'] },
  'main/ipc/': {
    why: 'Calls of a window go to the vault and the outlets; main/app decides which adapter is behind them.',
    own: [
      ...['main/error-reporter.ts', 'main/vault/', 'main/outlets/', 'main/updates/', 'main/i18n/'],
      ...['main/settings/profile.ts', 'preload/contract.ts', 'preload/bridge.ts'],
    ],
    packages: ['electron', 'valibot'],
  },
  'main/windows/': {
    why: 'A window shows what it is given, and passes answers on.',
    own: [
      ...['main/i18n/', 'main/ipc/answer.ts', 'main/ipc/serve.ts', 'main/lock/restart-args.ts', 'main/transfer/transfer.ts'],
      ...['main/outlets/', 'main/vault/refusal.ts', 'preload/'],
    ],
    packages: ['electron', 'node:fs', 'node:path'],
  },

  'preload/': { why: 'The contracts: both sides read them, so they depend on the schema library alone.', packages: ['valibot'] },
  'preload/expose.ts': { why: 'A preload is made of its contract and electron.', own: ['preload/bridge.ts'], packages: ['electron'] },
  'preload/index.ts': { why: 'A preload is made of its contract and electron.', own: ['preload/contract.ts', 'preload/expose.ts'] },
  'preload/prompt.ts': { why: 'A preload is made of its contract and electron.', own: ['preload/prompt-contract.ts', 'preload/expose.ts'] },
  'preload/palette.ts': {
    why: 'A preload is made of its contract and electron.',
    own: ['preload/palette-contract.ts', 'preload/expose.ts'],
  },

  'renderer/': {
    why: 'The window knows main by its contract only, and takes types from it, so that no schema is bundled into a page.',
    own: ['preload/contract.ts', 'preload/prompt-contract.ts', 'preload/palette-contract.ts', 'preload/bridge.ts'],
    packages: ['svelte', 'bits-ui'],
  },

  'backend/': { why: 'The backend runs without the desktop app.', own: ['shared/files/'], packages: 'any' },
  'backend/middleware/': {
    why: 'Services take it over: it knows the server by its answers only, and runs wherever there is fetch.',
    packages: ['node:http'],
  },

  'clients/shared/secure-session/': {
    why: 'Both the extension’s and the app’s: what runs in a browser as well as in Node.',
    own: ['clients/shared/protocol/browser.ts'],
    packages: ['@hpke/core', 'valibot'],
  },
  'clients/shared/protocol/': {
    why: 'What programs and the app say to each other.',
    packages: ['node:crypto', 'node:fs', 'node:os', 'node:path'],
  },
  'clients/cli/': {
    why: 'A program outside the app knows it by the protocol. It says refusals and findings in the window’s words, which are text.',
    own: [
      'clients/shared/protocol/',
      'clients/app-connection/',
      'clients/completions/',
      'shared/files/',
      'renderer/i18n/en/refusals/refusals.ts',
      'renderer/i18n/en/keychain/doctor/doctor.ts',
    ],
    packages: [
      ...['bun:ffi', 'node:child_process', 'node:crypto', 'node:fs', 'node:net', 'node:os', 'node:path', 'node:stream', 'node:util'],
    ],
  },
  'clients/native-host/': { why: 'Passes bytes on.', own: ['clients/app-connection/'] },
  'clients/app-connection/': {
    why: 'Finds the app, starts it and connects.',
    own: ['clients/shared/protocol/'],
    packages: ['node:child_process', 'node:fs', 'node:net', 'node:os', 'node:path', 'node:timers'],
  },
  'clients/extension/': {
    why: 'The browser extension.',
    own: ['clients/shared/protocol/', 'clients/shared/secure-session/'],
    packages: ['svelte', 'valibot'],
  },
  'clients/extension/content/': {
    why: 'What is put into pages: it can send a report, and knows nothing of keys, pairing or the app.',
    own: ['clients/extension/web-extension.ts'],
  },
}

/** The folders whose imports are checked. */
export const importers = ['shared', 'main', 'preload', 'renderer', 'backend', 'clients']

/** Native packages that only one folder may use. */
const nativePackages = { realm: 'main/realm/', keytar: 'main/keychain/' }

const sharedOnly = '^shared/(?!files/)'
const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A folder with all its content, or a file. @param {string} place */
const pathOf = (place) => `^${escaped(place)}${place.endsWith('/') ? '' : '$'}`
/** @param {string} name a package's, or `node:` and a module's, or `bun:ffi` */
const packageOf = (name) => {
  if (name.startsWith('bun:')) return `^${name}$`
  return name.startsWith('node:') ? `^(node:)?${escaped(name.slice(5))}(/|$)` : `^node_modules/(@types/)?${escaped(name)}/`
}
/** Nested boundaries, which have a rule of their own. @param {string} place */
const inside = (place) => Object.keys(boundaries).filter((other) => other !== place && other.startsWith(place))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'circle', comment: 'Files import each other in a circle.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'missing',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'contract-types',
      comment: 'A page imports only types from the contracts: importing a value would bundle the schemas into the page.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^preload/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-without-preload',
      comment: 'A contract imports no preload, because both sides of the bridge import the contract.',
      severity: 'error',
      from: { path: '^preload/', pathNot: '^preload/(index|prompt|palette)\\.ts$' },
      to: { path: '^preload/(index|prompt|palette|expose)\\.ts$' },
    },
    {
      name: 'main-without-page',
      comment: 'Main imports no file of the pages.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'doctor-is-text',
      comment: 'The command prints the doctor’s texts too, so they import only each other, the contract and lists.',
      severity: 'error',
      from: { path: '^renderer/i18n/en/keychain/doctor/' },
      to: { pathNot: '^(renderer/i18n/en/keychain/doctor/|preload/contract\\.ts$|shared/lists/)' },
    },
    {
      name: 'services-loaded-late',
      comment: 'A page loads the catalogue of services with import(), because it is not needed at the start.',
      severity: 'error',
      from: { path: '^(renderer|preload)/' },
      to: { path: '^shared/services/(records/|catalogue|recognize-key)', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    ...Object.entries(nativePackages).map(([name, place]) => ({
      name: `${name}-in-one-place`,
      comment: `Only ${place} imports ${name}.`,
      severity: /** @type {const} */ ('error'),
      from: { pathNot: pathOf(place) },
      to: { path: packageOf(name) },
    })),
    ...Object.entries(boundaries).map(([place, { why, own = [], packages = [] }]) => ({
      name: place,
      comment: why,
      severity: /** @type {const} */ ('error'),
      from: { path: pathOf(place), pathNot: inside(place).map(pathOf) },
      to: {
        pathNot: [
          ...[pathOf(place), sharedOnly, '\\.css$'],
          ...own.map(pathOf),
          ...(packages === 'any' ? ['^node_modules/(?!(electron|realm|keytar)/)', '^[^/]+$'] : packages.map(packageOf)),
        ],
      },
    })),
  ],
  options: {
    tsPreCompilationDeps: true, // a circle of type imports counts, too
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.svelte.ts', '.js', '.mjs', '.json'],
      conditionNames: ['types', 'import', 'require', 'node', 'svelte', 'default'],
      exportsFields: ['exports'],
    },
  },
}
