import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What both sides of an import boundary may import: it knows nothing of either. */
const shared = 'shared/'
/** Of it, what works on files: for programs of Node alone, and only where it is named. */
const onDisk = 'shared/files/'

/**
 * Who may import what, from the import graph itself. `own`: folders of ours, the file's own among them. `packages`: what is
 * not ours; node's modules by their `node:` names.
 */
const walls: Record<string, { own: string[]; packages: string[] | 'any' }> = {
  // Constants, and what orders and limits promises: nothing of Node, of Electron, of a page, and no schema, which a page would bundle.
  [shared]: { own: [shared], packages: [] },
  [onDisk]: { own: [onDisk], packages: ['node:crypto', 'node:fs', 'node:path'] },
  'main/vault/': { own: ['main/vault/'], packages: ['node:crypto'] },
  'main/realm/': {
    own: ['main/realm/', 'main/vault/'],
    packages: ['realm', 'valibot', 'node:crypto', 'node:fs', 'node:http', 'node:os', 'node:path'],
  },
  'main/keychain/': {
    own: ['main/keychain/', 'main/vault/', 'main/desktop/session-bus.ts', onDisk],
    packages: [
      ...['keytar', '@jellybrick/dbus-next', '@node-rs/argon2', 'valibot'],
      ...['node:crypto', 'node:events', 'node:fs', 'node:module', 'node:path'],
    ],
  },
  // A program beside the app, which composes its own few adapters; realm by the cache alone.
  'main/doctor/': {
    own: [
      'main/doctor/',
      'main/keychain/',
      'main/vault/',
      'main/realm/cache/open-cache.ts',
      'main/settings/profile.ts',
      'renderer/words/doctor',
    ],
    packages: ['node:fs', 'node:os', 'node:path', 'node:util'],
  },
  'main/outlets/': {
    own: [
      'main/outlets/',
      'main/vault/',
      'main/desktop/session-bus.ts',
      'main/harden/own-process.ts',
      onDisk,
      'preload/prompt-contract.ts',
      'preload/palette-contract.ts',
    ],
    packages: [
      ...['electron', 'koffi', 'tldts', 'valibot', '@jellybrick/dbus-next'],
      ...[
        'node:child_process',
        'node:crypto',
        'node:events',
        'node:fs',
        'node:module',
        'node:os',
        'node:path',
        'node:timers/promises',
        'node:util',
      ],
    ],
  },
  'main/transfer/backup/': {
    own: ['main/transfer/backup/', 'main/vault/', 'main/keychain/passphrase/derivation.ts', 'main/storage/embedded-backend.ts', onDisk],
    packages: ['valibot', 'node:crypto', 'node:fs', 'node:os', 'node:path'],
  },
  'main/moving/': {
    own: [
      'main/moving/',
      'main/vault/',
      'main/transfer/backup/',
      'main/transfer/import/',
      'main/settings/preferences.ts',
      'main/settings/profile.ts',
    ],
    packages: ['node:crypto', 'node:path'],
  },
  // Other programs' files, read into names and values: nothing of them is kept here.
  'main/transfer/import/': { own: ['main/transfer/import/', 'main/vault/'], packages: ['valibot'] },
  'main/updates/': {
    own: ['main/updates/', 'main/settings/preferences.ts', 'main/vault/refusal.ts', onDisk, 'preload/contract.ts'],
    packages: ['electron', 'electron-updater', 'valibot', 'node:crypto'],
  },
  'main/browsers/': {
    own: ['main/browsers/', 'main/vault/refusal.ts', onDisk, 'clients/shared/protocol/extension-ids.ts'],
    packages: ['valibot', 'node:child_process', 'node:fs', 'node:path'],
  },
  'main/agent/': {
    own: ['main/agent/', 'main/vault/', 'main/outlets/', 'clients/shared/protocol/', 'clients/shared/secure-session/'],
    packages: ['koffi', 'valibot', 'node:crypto', 'node:fs', 'node:net', 'node:path', 'node:util'],
  },
  'main/lock/': {
    own: ['main/lock/', 'main/harden/chromium-processes.ts', 'main/install/app-image.ts', 'main/desktop/session-bus.ts'],
    packages: ['@jellybrick/dbus-next', 'electron', 'koffi', 'node:fs', 'node:path'],
  },
  // Before anything of the app is there.
  'main/whole-app/': { own: ['main/whole-app/'], packages: ['valibot', 'node:crypto', 'node:fs', 'node:path', 'node:stream'] },
  'main/harden/': { own: ['main/harden/'], packages: ['koffi', 'node:fs'] },
  'main/ipc/': {
    own: [
      'main/ipc/',
      'main/error-reporter.ts',
      'main/vault/',
      'main/outlets/',
      'main/updates/',
      'main/i18n/',
      'main/settings/profile.ts',
      'preload/contract.ts',
      'preload/bridge.ts',
    ],
    packages: ['electron', 'valibot'],
  },
  'main/windows/': {
    own: [
      ...[
        'main/windows/',
        'main/i18n/',
        'main/ipc/answer.ts',
        'main/ipc/serve.ts',
        'main/lock/restart-args.ts',
        'main/transfer/transfer.ts',
        'main/outlets/',
        'main/vault/refusal.ts',
      ],
      'preload/',
    ],
    packages: ['electron', 'node:fs', 'node:path'],
  },
  'preload/contract.ts': {
    own: [
      'preload/shapes.ts',
      'preload/outlet-shapes.ts',
      'preload/moving-shapes.ts',
      'preload/journal-shapes.ts',
      'preload/update-shapes.ts',
      'preload/bridge.ts',
    ],
    packages: ['valibot'],
  },
  'preload/update-shapes.ts': { own: ['preload/shapes.ts'], packages: ['valibot'] },
  'preload/prompt-contract.ts': { own: ['preload/shapes.ts', 'preload/outlet-shapes.ts'], packages: ['valibot'] },
  'preload/palette-contract.ts': { own: ['preload/shapes.ts'], packages: ['valibot'] },
  'preload/bridge.ts': { own: [], packages: ['valibot'] },
  'preload/outlet-shapes.ts': { own: ['preload/shapes.ts'], packages: ['valibot'] },
  'preload/moving-shapes.ts': { own: ['preload/shapes.ts'], packages: ['valibot'] },
  'preload/journal-shapes.ts': { own: ['preload/shapes.ts', 'preload/outlet-shapes.ts'], packages: ['valibot'] },
  'preload/shapes.ts': { own: [], packages: ['valibot'] },
  'preload/expose.ts': { own: ['preload/bridge.ts'], packages: ['electron'] },
  'preload/index.ts': { own: ['preload/contract.ts', 'preload/expose.ts'], packages: [] },
  'preload/prompt.ts': { own: ['preload/prompt-contract.ts', 'preload/expose.ts'], packages: [] },
  'preload/palette.ts': { own: ['preload/palette-contract.ts', 'preload/expose.ts'], packages: [] },
  'renderer/': {
    own: ['renderer/', 'preload/contract.ts', 'preload/prompt-contract.ts', 'preload/palette-contract.ts', 'preload/bridge.ts'],
    packages: ['svelte', 'bits-ui'],
  },
  // Words that the window and the doctor program both say.
  'renderer/words/doctor': { own: ['renderer/words/doctor', 'preload/contract.ts'], packages: [] },
  'backend/': { own: ['backend/'], packages: 'any' },
  // Both the extension's and the app's: what runs in a browser as well as in Node.
  'clients/shared/secure-session/': {
    own: ['clients/shared/secure-session/', 'clients/shared/protocol/browser.ts'],
    packages: ['@hpke/core', 'valibot'],
  },
  // The command says refusals and findings in the window's words, which are text.
  'clients/cli/': {
    own: [
      'clients/cli/',
      'clients/shared/protocol/',
      'clients/app-connection/',
      onDisk,
      'renderer/i18n/en/refusals.ts',
      'renderer/i18n/doctor.ts',
    ],
    packages: [
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:inspector',
      'node:net',
      'node:os',
      'node:path',
      'node:sea',
      'node:stream',
      'node:util',
    ],
  },
  'clients/native-host/': { own: ['clients/native-host/', 'clients/app-connection/'], packages: [] },
  'clients/app-connection/': {
    own: ['clients/app-connection/', 'clients/shared/protocol/'],
    packages: ['node:child_process', 'node:fs', 'node:net', 'node:os', 'node:path', 'node:timers'],
  },
  // What is put into pages: it knows how to send a report, and nothing of keys, pairing or the app.
  'clients/extension/content/': { own: ['clients/extension/content/', 'clients/extension/web-extension.ts'], packages: [] },
  'clients/extension/': {
    own: ['clients/extension/', 'clients/shared/protocol/', 'clients/shared/secure-session/'],
    packages: ['svelte', 'valibot'],
  },
  'clients/shared/protocol/': { own: ['clients/shared/protocol/'], packages: ['node:crypto', 'node:fs', 'node:os', 'node:path'] },
}
const desktopOnly = ['electron', 'realm', 'keytar']

const root = resolve(import.meta.dirname, '..')
const files = ['shared', 'main', 'preload', 'renderer', 'backend', 'clients'].flatMap((folder) => filesBelow(join(root, folder)))

interface Import {
  readonly file: string
  readonly what: string
  readonly typeOnly: boolean
}
const imports = files.flatMap(importsOf)

describe('the walls between the folders', () => {
  it('have files on both sides', () => {
    for (const folder of Object.keys(walls))
      expect(
        files.some((file) => file.startsWith(folder)),
        folder,
      ).toBe(true)
  })

  for (const [folder, { own, packages }] of Object.entries(walls)) {
    it(`${folder} imports ${[...own, ...(packages === 'any' ? ['any package'] : packages)].join(', ')} and nothing else`, () => {
      const through = imports.filter(({ file, what }) => isIn(folder, file) && !isAllowed(what, own, packages))
      expect(through).toEqual([])
    })
  }

  it('let the renderer have types of the contract only, so that no schema is bundled into the page', () => {
    const values = imports.filter(({ file, what, typeOnly }) => file.startsWith('renderer/') && what.startsWith('preload/') && !typeOnly)
    expect(values).toEqual([])
  })

  it('let main have nothing of the window but the doctor’s words', () => {
    const through = imports.filter(({ file, what }) => file.startsWith('main/') && what.startsWith('renderer/'))
    expect(through.map(({ file, what }) => [file, what])).toEqual([['main/doctor/text.ts', 'renderer/i18n/doctor.ts']])
  })

  it('keep each native package in one folder', () => {
    const users = (name: string): string[] => imports.filter(({ what }) => what === name).map(({ file }) => dirname(file))
    expect([...new Set(users('realm'))]).toEqual(['main/realm'])
    expect([...new Set(users('keytar'))]).toEqual(['main/keychain'])
  })

  it('keep the backend free of the desktop', () => {
    const through = imports.filter(({ file, what }) => file.startsWith('backend/') && desktopOnly.includes(what))
    expect(through).toEqual([])
  })

  it('let one file listen to windows', () => {
    const listeners = files.filter((file) => /\bipcMain\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(listeners).toEqual(['main/ipc/serve.ts'])
  })

  it('give a page the window’s own preload alone', () => {
    const exposing = files.filter((file) => /\bcontextBridge\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(exposing).toEqual(['preload/expose.ts'])
  })

  it('let one file of each window use its bridge, and no other', () => {
    const used = files.flatMap((file) => {
      const bridges = file.startsWith('renderer/') ? readFileSync(join(root, file), 'utf8').match(/window\.latchkey\w*/g) : null
      return bridges === null ? [] : [[file, ...new Set(bridges)]]
    })
    expect(used.sort()).toEqual([
      ['renderer/bridge.ts', 'window.latchkey'],
      ['renderer/windows/palette/bridge.ts', 'window.latchkeyPalette'],
      ['renderer/windows/prompt/bridge.ts', 'window.latchkeyPrompt'],
    ])
  })

  it('have no cycle of files that run', () => {
    const graph = new Map(files.map((file) => [file, imports.filter((one) => one.file === file && !one.typeOnly).map(({ what }) => what)]))
    expect(cycleIn(graph)).toEqual([])
  })
})

function isIn(folder: string, file: string): boolean {
  return file.startsWith(folder) && !(folder === shared && file.startsWith(onDisk))
}

function isAllowed(what: string, own: string[], packages: string[] | 'any'): boolean {
  if (what.includes('/') && files.includes(what)) return [...own, shared].some((place) => isIn(place, what))
  if (what.endsWith('.css')) return true
  return packages === 'any' || packages.includes(what) || packages.includes(what.split('/')[0] ?? '')
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(
    /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?([^'"();]*?from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map(([, type, names, from, dynamic]) => {
    const specifier = from ?? dynamic ?? ''
    const what = specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier
    const typeOnly = type !== undefined || /^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\}\s*from\s+$/.test(names ?? '')
    return { file, what, typeOnly }
  })
}

function cycleIn(graph: Map<string, string[]>): string[] {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of graph.get(file) ?? []) {
      const cycle = graph.has(next) ? visit(next, [...path, file]) : []
      if (cycle.length > 0) return cycle
    }
    done.add(file)
    return []
  }
  for (const file of graph.keys()) {
    const cycle = visit(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return /\.(ts|svelte)$/.test(entry.name) ? [relative(root, path)] : []
  })
}
