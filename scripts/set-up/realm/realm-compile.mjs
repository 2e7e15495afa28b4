import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { lastLines } from '../../process/last-lines.mjs'
import { notice } from '../../process/notice.mjs'
import { findProgram } from '../../process/program.mjs'
import { buildEstimate, buildProgress } from './build-progress.mjs'
import { findNodeHeaders } from './node-headers.mjs'

/**
 * The build folder. It survives an interruption, after which ninja continues where it stopped. One per source folder, because CMake ties a
 * build to its sources' path.
 * @param {string} folder Realm's folder in the cache
 * @param {string} key
 * @param {string} source
 * @returns {string}
 */
export function scratchFolder(folder, key, source) {
  return join(folder, `${key}.building-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`)
}

/**
 * The arguments that cmake-js would pass to CMake for this package. CMake is called directly, because cmake-js would download headers.
 * @param {{ source: string, scratch: string, headers: string, architecture: string }} build
 * @returns {string[]}
 */
function configureArguments({ source, scratch, headers, architecture }) {
  return [
    ...['-S', source, '-B', scratch, '-G', 'Ninja'],
    '-DCMAKE_BUILD_TYPE=Release',
    '-DCMAKE_JS_VERSION=7.0.0',
    `-DNODE_ARCH=${architecture}`,
    `-DCMAKE_JS_INC=${headers}`,
    '-DCMAKE_JS_SRC=',
    '-DCMAKE_JS_LIB=',
    '-DREALM_USE_SYSTEM_OPENSSL=ON',
  ]
}

/**
 * Compiles Realm's native module from the sources in its npm package.
 * @param {string} source the package's folder
 * @param {string} scratch
 * @returns {Promise<string>} the path of the built realm.node, inside `scratch`
 */
export async function compileRealm(source, scratch) {
  const missing = ['cmake', 'ninja'].filter((name) => findProgram(name) === null)
  if (missing.length > 0) {
    throw new Failure(
      `Realm must be compiled, and this machine lacks ${missing.join(' and ')}.`,
      'Install them (macOS: brew install cmake ninja), then run the same command again.',
    )
  }
  const headers = findNodeHeaders()
  mkdirSync(scratch, { recursive: true })
  notice(`Compiling Realm's native part, once for this machine: ${buildEstimate(availableParallelism())}.`)
  const configured = await capture('cmake', configureArguments({ source, scratch, headers, architecture: process.arch }))
  if (configured.status !== 0) throw compileFailure('CMake could not prepare the build of Realm', configured)
  const built = await capture('cmake', ['--build', scratch, '--target', 'realm-js'], {
    // Makes ninja write its status line in the form that is parsed, whatever the user's environment says.
    env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
    onLine: buildProgress({
      terminal: process.stderr.isTTY === true,
      write: (text) => void process.stderr.write(text),
      now: () => performance.now(),
    }),
  })
  if (built.status !== 0) throw compileFailure('Realm could not be compiled', built)
  return join(scratch, 'src', 'node', 'realm.node')
}

/**
 * @param {string} what
 * @param {{ status: number, stdout: string, stderr: string }} outcome
 * @returns {Failure}
 */
function compileFailure(what, { status, stdout, stderr }) {
  // Under ninja the compiler writes to stdout, CMake to stderr. The first "error" is the one that matters.
  const lines = `${stderr}\n${stdout}`.split('\n')
  const at = lines.findIndex((line) => /error|fatal|No space left|Killed/i.test(line))
  const text = at < 0 ? lastLines(lines.join('\n')) : lines.slice(at, at + 10).join('\n')
  return new Failure(
    `${what} (status ${status}):\n${text}`,
    'Fix the cause (the compiler, disk space, memory), then run the same command again: it continues where it stopped.',
  )
}
