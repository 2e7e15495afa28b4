import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { lockedPackage } from '../set-up/checkout.mjs'

/**
 * The npm packages with Bun's executable, by platform and processor.
 * @type {Readonly<Record<string, string>>}
 */
const packages = {
  'linux x64': '@oven/bun-linux-x64',
  'linux arm64': '@oven/bun-linux-aarch64',
  'darwin x64': '@oven/bun-darwin-x64',
  'darwin arm64': '@oven/bun-darwin-aarch64',
  'win32 x64': '@oven/bun-windows-x64',
  'win32 arm64': '@oven/bun-windows-aarch64',
}

/**
 * @param {string} root
 * @returns {{ name: string, version: string, path: string }} the package for this machine, and the path of its executable
 */
export function commandRuntime(root) {
  const machine = `${process.platform} ${process.arch}`
  const name = packages[machine]
  if (name === undefined) throw new Failure(`There is no runtime for the command on ${machine}.`)
  const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'bun.exe' : 'bun')
  if (!existsSync(path))
    throw new Failure(`npm did not install ${name}, the runtime of the command.`, 'Check the network, then run npm ci.')
  return { name, version: lockedPackage(name, root).version, path }
}

/**
 * The beginnings of the names that Bun, JavaScriptCore and mimalloc read from the environment before the program starts, besides what the
 * system's libraries read. Some make the executable a JavaScript runtime or load files into the process that holds the values; the others
 * change how that runs. `BUN_ENV` and `NODE_ENV` stand for constants of programs.
 */
const removedNames = [
  /BUN_(?!ENV|FFI_|WORKER_)[A-Z]{2}/y,
  /NODE_(?:CHANNEL_|UNIQUE_ID|V8_COVERAGE|COMPILE_CACHE|PRESERVE_SYMLINKS|EXTRA_CA_CERTS|NO_WARNINGS|REDIRECT_WARNINGS)/y,
  /(?:JSC_SIGNAL_FOR_GC|JavaScriptCoreUseJIT|WTF_numberOfProcessorCores|WebKitMallocForceEnabled|SIMDUTF_FORCE_IMPLEMENTATION)\0/y,
  /(?:WebKitSystemHeapOverrideEnablement|HYPERFINE_RANDOMIZED_ENVIRONMENT_OFFSET)\0/y,
  /mimalloc.{4,12}_\0/sy, // a prefix, in the code that reads the allocator's options; found on Linux and Windows for x64
]
const beginnings = ['BUN_', 'NODE_', 'JSC_S', 'JavaScriptCoreU', 'WTF_n', 'WebKit', 'SIMDUTF_', 'HYPERFINE_', 'mimalloc']
/** The character before a name in a script, which must not be changed, because the script would become invalid. */
const inScripts = /[.,"'`\s_]/
/** No variable's name begins with it. */
const unusable = '='.charCodeAt(0)
/**
 * How Bun looks for `BUN_JSC_`, the prefix of JavaScriptCore's options, byte by byte: `cmpb $'B', (r); jne next; cmpb $'U', 1(r); jne …` on
 * x64, `cmp w, #'B'; b.ne next; ldrb w, [x, #1]; cmp w, #'U'; b.ne …` on arm64. The first jump is made unconditional: `jmp`, `b.al`.
 */
const readsOptions = {
  x64: { begins: 'Bu', pattern: /Bu.A?\x80.\x01Uu.A?\x80.\x02Nu.A?\x80.\x03_u.A?\x80.\x04Ju/sy, jump: 1, always: () => 0xeb },
  arm64: {
    begins: '\x01q',
    pattern: /(?<=.[\x08-\x0b])\x01q.{3}T.{2}@9.[T-W]\x01q.{3}T.{2}@9.[8-;]\x01q.{3}T.{2}@9.[|-\x7f]\x01q/sy,
    jump: 2,
    always: (/** @type {number} */ byte) => (byte & 0xf0) | 0x0e,
  },
}

/**
 * Copies Bun's executable with the names above changed to ones that no variable can have. Bun offers no other way of switching them off.
 * @param {string} bun
 * @param {string} executable
 * @param {string} [arch] the processor that it is for
 */
export function copyRuntime(bun, executable, arch = process.arch) {
  const bytes = readFileSync(bun)
  const text = bytes.toString('latin1')
  /** @param {RegExp} pattern @param {number} at */
  const isAt = (pattern, at) => ((pattern.lastIndex = at), pattern.test(text))
  for (const beginning of beginnings) {
    for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
      if (!inScripts.test(text.charAt(at - 1)) && removedNames.some((name) => isAt(name, at))) bytes[at] = unusable
    }
  }
  const { begins, pattern, jump, always } = arch === 'arm64' ? readsOptions.arm64 : readsOptions.x64
  const places = []
  for (let at = text.indexOf(begins); at >= 0; at = text.indexOf(begins, at + 1)) if (isAt(pattern, at)) places.push(at + jump)
  const [place] = places
  if (place === undefined || places.length > 1) {
    throw new Failure(
      `This Bun is compiled differently: it looks for its options in ${places.length} places.`,
      'Build with the version that package-lock.json pins.',
    )
  }
  bytes[place] = always(bytes.readUInt8(place))
  writeFileSync(executable, bytes)
  chmodSync(executable, 0o755)
}

/** Variables that an unchanged runtime obeys, each with a value that has a visible effect. */
export const orders = {
  BUN_BE_BUN: '1',
  BUN_OPTIONS: '--print=1',
  BUN_INSPECT: 'ws://127.0.0.1:0/',
  BUN_INSPECT_CONNECT_TO: 'ws://127.0.0.1:9/',
  BUN_JSC_dumpOptions: '1',
  BUN_BYTECODE_ORDER_OUT: 'order',
}

/**
 * Another Bun may be compiled differently, so the finished executable is tested.
 * @param {string} executable
 */
export async function checkRuntime(executable) {
  for (const [name, value] of Object.entries(orders)) {
    const { status, stdout, stderr } = await capture(executable, ['--version'], { env: { ...process.env, [name]: value } })
    if (status !== 0 || stderr !== '' || !/^latchkey \S+\n$/.test(stdout)) {
      throw new Failure(
        `The command obeys ${name}, a variable of its runtime (status ${status}).`,
        'Build it with the Bun that package-lock.json pins.',
      )
    }
  }
}
