import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { latchkey, Started } from '../test/clients/command-line.ts'
import type { Desktop } from '../test/e2e/support/app/desktop.ts'
import { answerPrompt } from '../test/e2e/support/pages/prompt.ts'
import { median } from './figures.ts'

/** From start to end of a process, in milliseconds. Null if the program is not installed. */
export interface CommandTimes {
  /** `latchkey get` from the running app, with a remembered approval. */
  readonly get: number
  /** `node -e 0`: a process of the same kind that does nothing. */
  readonly bare: number
  /** `keepassxc-cli show` of a real database, which asks for its password each time. */
  readonly keepassxc: number | null
  /** `pass show` of a store whose GPG key has no passphrase, with the agent running. */
  readonly pass: number | null
  /** `bw --version`, which opens no vault. */
  readonly bitwarden: number | null
  /** `latchkey run` of `program`, with a remembered approval. */
  readonly run: number
  /** `true`, without `latchkey run`. */
  readonly program: number
}

/**
 * Starts the programs alternately, so that other load on the machine affects all of them.
 * @param desktop an app that has a key of that name
 */
export async function compareCommands(desktop: Desktop, key: string, rounds: number): Promise<CommandTimes> {
  const env = { ...process.env, LATCHKEY_PROFILE_DIR: desktop.profile }
  const first = new Started(latchkey, ['get', key], { env })
  await answerPrompt(desktop, 'Allow for 15 minutes', '15 minutes')
  await first.ended
  const firstRun = new Started(latchkey, ['run', '-e', `A=${key}`, '--', 'true'], { env })
  await answerPrompt(desktop, 'Allow for 15 minutes', '15 minutes')
  await firstRun.ended
  const store = passStore(key)
  const database = keepassDatabase(key)
  const subjects = {
    get: start(latchkey, ['get', key, '--no-start'], { env }),
    bare: start(process.execPath, ['-e', '0']),
    keepassxc: database && start('keepassxc-cli', ['show', '-q', '-s', '-a', 'Password', database.file, key], { input: `${password}\n` }),
    pass: store && start('pass', ['show', key], { env: store.env }),
    bitwarden: isHere('bw') ? start('bw', ['--version']) : null,
    run: start(latchkey, ['run', '-e', `A=${key}`, '--no-start', '--', 'true'], { env }),
    program: start('true', []),
  }
  const names = Object.keys(subjects) as (keyof typeof subjects)[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<keyof typeof subjects, number[]>
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const ms = subjects[name]?.()
      if (ms !== undefined && round >= 0) times[name].push(ms) // the first round fills the disk cache
    }
  }
  database?.discard()
  store?.discard()
  const middle = (name: (typeof names)[number]) => (times[name].length === 0 ? null : median(times[name]))
  return {
    ...{ get: median(times.get), bare: median(times.bare), run: median(times.run), program: median(times.program) },
    ...{ keepassxc: middle('keepassxc'), pass: middle('pass'), bitwarden: middle('bitwarden') },
  }
}

function start(program: string, args: string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}): () => number {
  return () => {
    const begun = performance.now()
    const { status, stderr } = spawnSync(program, args, options)
    const ms = performance.now() - begun
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
    return ms
  }
}

function isHere(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

const password = 'only for this bench'

/** A database with one entry and otherwise KeePassXC's defaults. */
function keepassDatabase(entry: string): { file: string; discard: () => void } | null {
  if (!isHere('keepassxc-cli')) return null
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const file = join(folder, 'bench.kdbx')
  start('keepassxc-cli', ['db-create', '-p', file], { input: `${password}\n${password}\n` })()
  start('keepassxc-cli', ['add', '-p', file, entry], { input: `${password}\nvalue\nvalue\n` })()
  return { file, discard: () => rmSync(folder, { recursive: true }) }
}

/** A password store with one entry, and the GPG key that it is encrypted for. */
function passStore(entry: string): { env: NodeJS.ProcessEnv; discard: () => void } | null {
  if (!isHere('pass')) return null
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const env = { ...process.env, GNUPGHOME: folder, PASSWORD_STORE_DIR: join(folder, 'store') }
  start('gpg', ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'bench', 'default', 'default', 'never'], { env })()
  start('pass', ['init', 'bench'], { env })()
  start('pass', ['insert', '--multiline', entry], { env, input: 'value\n' })()
  const discard = (): void => rmSync(folder, { recursive: true, force: true }) // the agent ends when its socket is gone
  return { env, discard }
}
