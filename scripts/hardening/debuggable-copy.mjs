import { cpSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { unpackedFolder } from '../dist/unpacked.mjs'
import { Failure } from '../process/failure.mjs'

/**
 * @param {string} folder of the unpacked app
 * @returns {string} its executable
 */
export function executableOf(folder) {
  if (process.platform === 'darwin') return join(folder, 'Latchkey.app', 'Contents', 'MacOS', 'Latchkey')
  return join(folder, process.platform === 'win32' ? 'Latchkey.exe' : 'latchkey-desktop')
}

/**
 * A copy of the package that a test can debug. All its files are the same, but one byte of the executable differs: the fuse that lets Node
 * open a debugger on a signal.
 * @param {string} folder of the unpacked app
 * @returns {Promise<string>} its executable
 */
export async function makeDebuggableCopy(folder) {
  // Imported only if there is a fuse to flip: a fresh checkout has no packages yet when this file is loaded.
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const copy = `${unpackedFolder()}-debuggable`
  rmSync(copy, { recursive: true, force: true })
  linkBelow(folder, copy)
  const [original, executable] = [executableOf(folder), executableOf(copy)]
  rmSync(executable)
  cpSync(original, executable)
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
  if (differences(original, executable) !== 1) throw new Failure(`${basename(copy)} differs from the package by more than one fuse.`)
  return executable
}

/**
 * @param {string} from
 * @param {string} to
 */
function linkBelow(from, to) {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    if (lstatSync(source).isDirectory()) linkBelow(source, target)
    else linkSync(source, target)
  }
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} how many bytes differ
 */
function differences(one, other) {
  const [a, b] = [readFileSync(one), readFileSync(other)]
  if (a.length !== b.length) return Infinity
  let count = 0
  const step = 1 << 20
  for (let at = 0; at < a.length; at += step) {
    if (a.subarray(at, at + step).equals(b.subarray(at, at + step))) continue
    for (let byte = at; byte < Math.min(at + step, a.length); byte++) if (a[byte] !== b[byte]) count++
  }
  return count
}
