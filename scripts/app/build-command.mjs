import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'
import { appVersion, checkout } from '../set-up/checkout.mjs'
import { readRecord, writeRecord } from '../set-up/record.mjs'
import { sourceHash } from './build.mjs'
import { checkRuntime, copyRuntime } from './command-runtime.mjs'

/** The sources of the command, besides the Node that runs this script. */
const sources = [
  ...['latchkey.ts', 'cli', 'completions', 'native-host', 'shared', 'app-connection'].map((name) => `clients/${name}`),
  ...['shared', 'renderer/i18n', 'package.json', 'package-lock.json'],
  ...['build-command.mjs', 'command-runtime.mjs'].map((name) => `scripts/app/${name}`),
]
/** The marker by which Node recognises an embedded program: https://nodejs.org/api/single-executable-applications.html */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
const completions = { bash: 'latchkey.bash', zsh: '_latchkey', fish: 'latchkey.fish' }

/** @param {string} [root] */
export function commandPath(root = checkout) {
  return join(root, 'out', 'command', process.platform === 'win32' ? 'latchkey.exe' : 'latchkey')
}

/**
 * Builds `latchkey`, the command and native messaging host, as one executable, if its sources or this Node changed since the last build.
 * @param {string} [root]
 * @returns {Promise<void>}
 */
export async function buildCommand(root = checkout) {
  const path = commandPath(root)
  const record = join(dirname(path), 'build.json')
  const wanted = { sources: sourceHash(root, sources), node: `${process.version} ${process.platform} ${process.arch}` }
  const last = readRecord(record)
  if (last['sources'] === wanted.sources && last['node'] === wanted.node && existsSync(path)) return
  notice('Building the command ...')
  const parts = join(dirname(path), 'parts')
  mkdirSync(parts, { recursive: true })
  await bundle(root, parts)
  const draft = `${path}.new`
  try {
    await inject(root, parts, draft)
    renameSync(draft, path) // atomic, because a browser may start it at any time
  } finally {
    rmSync(draft, { force: true })
    rmSync(parts, { recursive: true, force: true })
  }
  writeRecord(record, wanted)
}

/**
 * @param {string} root
 * @param {string} parts the output folder
 */
async function bundle(root, parts) {
  // Imported here: a fresh checkout has no packages yet when this file is loaded.
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __VERSION__: JSON.stringify(appVersion(root)) },
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'clients', 'latchkey.ts'),
      outDir: parts,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      minify: true,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'latchkey.cjs', codeSplitting: false } },
    },
  })
}

/**
 * @param {string} root
 * @param {string} parts
 * @param {string} executable the output path
 */
async function inject(root, parts, executable) {
  const blob = join(parts, 'latchkey.blob')
  const assets = Object.fromEntries(Object.entries(completions).map(([shell, file]) => [shell, join(root, 'clients', 'completions', file)]))
  const config = { main: join(parts, 'latchkey.cjs'), output: blob, disableExperimentalSEAWarning: true, useCodeCache: true, assets }
  const configFile = join(parts, 'sea.json')
  writeFileSync(configFile, JSON.stringify(config))
  await step(process.execPath, ['--experimental-sea-config', configFile])
  copyRuntime(process.execPath, executable)
  const mac = process.platform === 'darwin'
  if (mac) await step('codesign', ['--remove-signature', executable])
  const segment = mac ? ['--macho-segment-name', 'NODE_SEA'] : []
  await step(process.execPath, [postject(root), executable, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse, ...segment])
  if (mac) await step('codesign', ['--sign', '-', executable])
  await checkRuntime(executable)
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function step(command, args) {
  const { status, stdout, stderr } = await capture(command, args)
  if (status !== 0) throw new Failure(`The command could not be built (status ${status}):\n${(stderr || stdout).trim()}`)
}

/** @param {string} root */
function postject(root) {
  const manifest = createRequire(join(root, 'package.json')).resolve('postject/package.json')
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.postject)
}
