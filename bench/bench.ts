import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createKey, discard, newProfile, startWithVault } from '../test/e2e/support/app/desktop.ts'
import { compareCaches } from './cache/caches.ts'
import { timeCalls, timeRawSdk } from './calls.ts'
import { compareStarts } from './start/cold-start.ts'
import { compareCommands } from './command.ts'
import type { Comparison } from './figures.ts'
import { figureTable, median, table } from './figures.ts'
import { timeFilling } from './fill.ts'
import { timeKeepassxc } from './start/keepassxc.ts'
import { timeLocks } from './lock.ts'
import { loginsPerSecond } from './logins.ts'
import { timePalette } from './palette.ts'
import { compare, record } from './recorded.ts'
import { serve } from '../test/e2e/support/server/served-backend.ts'

/** Side by side in one run: the ratios hold on a slow or busy machine, the absolute figures do not. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    compare: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1')

const data = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
const server = await serve(data)
const desktop = await startWithVault()
await desktop.page.evaluate(async () => {
  const state = await window.latchkey.calls['app.state'](null)
  const accountId = state.ok ? (state.value.current ?? '') : ''
  for (let index = 0; index < 20; index += 1) {
    const made = await window.latchkey.calls['keys.create']({ accountId, name: `key-${index}` })
    if (!made.ok) throw new Error(made.code)
  }
})
await desktop.quit()
rmSync(join(desktop.profile, 'palette-used')) // of a user who has not opened the palette, who has one window as the peer does

const bare = newProfile()
const starts = await compareStarts(desktop.profile, bare, rounds)

const caller = await startWithVault()
const ours = await timeCalls(caller, server, rounds * 5)
await caller.quit()
const raw = timeRawSdk(server, rounds * 5)
await server.stop()
const caches = compareCaches(rounds * 5)

const giver = await startWithVault()
await createKey(giver.page, 'bench')
const commands = await compareCommands(giver, 'bench', rounds * 3)
await giver.quit()
const locks = await timeLocks(rounds)
// Last, because they start and stop a screen of their own.
const keepassxc = await timeKeepassxc(rounds)
const filling = await timeFilling(rounds * 3)
const palette = median(await timePalette(rounds * 3))

const bareWindow = 'bare Electron window'
const sdk = 'raw SDK, same Electron'
const wholeFile = 'AES-GCM JSON, read whole'
const comparisons: Comparison[] = [
  { what: 'Cold start to 20 keys', unit: 'ms', ours: starts.ours.ms, peer: starts.bare.ms, peerName: bareWindow, aim: 1.25 },
  ...(keepassxc === null
    ? []
    : [{ what: 'Cold start to 20 keys', unit: 'ms', ours: starts.ours.ms, peer: keepassxc, peerName: 'KeePassXC to its window', aim: 1 }]),
  { what: 'Memory (PSS, process tree)', unit: 'MB', ours: starts.ours.memory, peer: starts.bare.memory, peerName: bareWindow, aim: 1.2 },
  {
    what: 'Wake-ups while idle',
    unit: 'a second',
    ours: starts.ours.wakeUps ?? 0,
    peer: starts.bare.wakeUps ?? 0,
    peerName: bareWindow,
    aim: 1,
  },
  { what: 'Create a key', unit: 'ms', ours: ours.create, peer: raw.create, peerName: sdk, aim: 1.6 },
  { what: 'List keys from the server', unit: 'ms', ours: ours.list, peer: raw.list, peerName: sdk, aim: 1.15 },
  { what: 'Disable a key', unit: 'ms', ours: ours.disable, peer: raw.disable, peerName: sdk, aim: 1.3 },
  { what: 'Open 10,000 records, list 1 account', unit: 'ms', ours: caches.ours.list, peer: caches.whole.list, peerName: wholeFile, aim: 1 },
  {
    what: 'Open 10,000 records, search 1 account',
    unit: 'ms',
    ours: caches.ours.search,
    peer: caches.whole.search,
    peerName: wholeFile,
    aim: 1,
  },
  { what: 'latchkey get', unit: 'ms', ours: commands.get, peer: commands.bare, peerName: 'node -e 0', aim: 0.5 },
  ...[
    { peer: commands.keepassxc, peerName: 'keepassxc-cli show', aim: 0.5 },
    { peer: commands.pass, peerName: 'pass show', aim: 1.2 },
    { peer: commands.bitwarden, peerName: 'bw --version', aim: 1 },
  ].flatMap(({ peer, peerName, aim }) =>
    peer === null ? [] : [{ what: 'latchkey get', unit: 'ms', ours: commands.get, peer, peerName, aim }],
  ),
]
const figures = [
  { what: 'latchkey run, above the program alone', unit: 'ms', ours: commands.run - commands.program, aim: 15 },
  { what: 'Gesture to filled field', unit: 'ms', ours: median(filling.map(({ fromKeys }) => fromKeys)), aim: 45 },
  { what: 'Command heard to filled field', unit: 'ms', ours: median(filling.map(({ fromCommand }) => fromCommand)), aim: 50 },
  { what: 'Shortcut to palette', unit: 'ms', ours: palette, aim: 100 },
  { what: 'Lock to lock screen, all processes new', unit: 'ms', ours: median(locks.map(({ lock }) => lock)), aim: 1_000 },
  { what: 'Unlock to list', unit: 'ms', ours: median(locks.map(({ unlock }) => unlock)), aim: 150 },
]
const logins = await loginsPerSecond()
process.stdout.write(
  `${table(comparisons)}\n\n${figureTable(figures)}\n\nBackend API-key logins: ${logins.toFixed(0)} a second on one core (${cpus()[0]?.model})\n`,
)
if (values.compare) process.stdout.write(`\n${compare(comparisons)}\n`)
if (values.record) record(comparisons, figures)
for (const profile of [desktop.profile, caller.profile, giver.profile, bare, data]) discard(profile)
process.exit(0)
