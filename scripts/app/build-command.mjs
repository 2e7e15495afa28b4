import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'
import { appVersion, checkout } from '../set-up/checkout.mjs'
import { readRecord, writeRecord } from '../set-up/record.mjs'
import { sourceHash } from './build.mjs'
import { checkRuntime, commandRuntime, copyRuntime } from './command-runtime.mjs'

/** The sources of the command. The lock file pins the Bun that it is compiled with. */
const sources = [
  ...['latchkey.ts', 'cli', 'completions', 'native-host', 'shared', 'app-connection'].map((name) => `clients/${name}`),
  ...['shared', 'renderer/i18n', 'package.json', 'package-lock.json'],
  ...['build-command.mjs', 'command-runtime.mjs'].map((name) => `scripts/app/${name}`),
]
/** @param {string} [root] */
export function commandPath(root = checkout) {
  return join(root, 'out', 'command', process.platform === 'win32' ? 'latchkey.exe' : 'latchkey')
}

/**
 * Builds `latchkey`, the command and native messaging host, as one executable, if its sources changed since the last build.
 * @param {string} [root]
 * @returns {Promise<void>}
 */
export async function buildCommand(root = checkout) {
  const path = commandPath(root)
  const record = join(dirname(path), 'build.json')
  const wanted = { sources: sourceHash(root, sources), machine: `${process.platform} ${process.arch}` }
  const last = readRecord(record)
  if (last['sources'] === wanted.sources && last['machine'] === wanted.machine && existsSync(path)) return
  notice('Building the command ...')
  const parts = join(dirname(path), 'parts')
  mkdirSync(parts, { recursive: true })
  try {
    const draft = await compile(root, parts)
    await checkRuntime(draft)
    renameSync(draft, path) // atomic, because a browser may start it at any time
  } finally {
    rmSync(parts, { recursive: true, force: true })
  }
  writeRecord(record, wanted)
}

/**
 * The program is compiled into a copy of the runtime that neither variables nor files of the current folder can configure.
 * @param {string} root
 * @param {string} parts the folder for it
 * @returns {Promise<string>} the executable's path
 */
async function compile(root, parts) {
  const { path: bun } = commandRuntime(root)
  const runtime = join(parts, 'runtime')
  const executable = join(parts, basename(commandPath(root)))
  copyRuntime(bun, runtime)
  const noAutoload = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map((name) => `--no-compile-autoload-${name}`)
  // Compiles to machine code later than usual, because most calls end before that pays off.
  const jitPolicy = '--compile-jit-policy=10'
  const { status, stdout, stderr } = await capture(
    bun,
    [
      ...['build', '--compile', `--compile-executable-path=${runtime}`, '--minify', '--bytecode', '--format=cjs', ...noAutoload, jitPolicy],
      ...[`--define=__VERSION__=${JSON.stringify(appVersion(root))}`, `--outfile=${executable}`, join(root, 'clients', 'latchkey.ts')],
    ],
    { cwd: root },
  )
  if (status !== 0) throw new Failure(`The command could not be built (status ${status}):\n${(stderr || stdout).trim()}`)
  if (process.platform === 'darwin') await sign(executable)
  return executable
}

/** macOS runs no program without a signature. This one names no signer. @param {string} executable */
async function sign(executable) {
  const { status, stderr } = await capture('codesign', ['--force', '--sign', '-', executable])
  if (status !== 0) throw new Failure(`The command could not be signed (status ${status}):\n${stderr.trim()}`)
}
