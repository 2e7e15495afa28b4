import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { notice } from '../../process/notice.mjs'
import { controlText, debArchitecture, debIdentity } from './control.mjs'
import { dependsOf } from './depends.mjs'
import { elfNeeds } from './elf.mjs'
import { addControl, layOut } from './stage.mjs'

/**
 * Makes a Debian package of the unpacked app, with dpkg's own tool.
 * electron-builder downloads the tool that it makes debs with: a machine without that host would make a different package, or none.
 * @param {{ app: string, root: string, version: string, date: Date, into?: string }} contents `app`: the folder; `version`: the app's;
 *   `into`: the folder for the package, by default dist
 * @returns {Promise<string>} the package's path
 */
export async function makeDeb({ app, root, version, date, into = join(root, 'dist') }) {
  const identity = debIdentity(version)
  const architecture = debArchitecture(process.arch)
  const target = join(into, `${identity.name}_${identity.version}_${architecture}.deb`)
  notice(`Making ${basename(target)} ...`)
  const stage = join(into, 'deb')
  const help = await must(join(app, 'resources', 'latchkey'), ['--help'])
  layOut(stage, { app, root, name: identity.name, version, debVersion: identity.version, date, help })
  const { size, needs, own } = inspect(stage)
  const control = controlText({ ...identity, architecture, installedSize: Math.ceil(size / 1024), depends: dependsOf(needs, own) })
  addControl(stage, { control, md5sums: await checksums(stage) })
  const draft = `${target}.new`
  const epoch = String(Math.floor(date.getTime() / 1000))
  await must('dpkg-deb', ['--root-owner-group', ...compression(identity.name), '--build', stage, draft], {
    ...process.env,
    SOURCE_DATE_EPOCH: epoch,
  })
  renameSync(draft, target)
  rmSync(stage, { recursive: true })
  return target
}

/**
 * A release is downloaded by many users, so it is worth some minutes of compression. Other packages are compressed in seconds.
 * @param {string} name
 */
function compression(name) {
  return name.endsWith('-dev') ? ['-Zgzip', '-z4'] : ['-Zxz', '-z6']
}

/**
 * @param {string} stage
 * @returns {{ size: number, needs: import('./elf.mjs').Needs[], own: string[] }} `own`: names of the libraries in it
 */
function inspect(stage) {
  const files = filesBelow(stage)
  let size = 0
  const needs = files.flatMap((path) => {
    const bytes = readFileSync(path)
    size += bytes.length
    const found = elfNeeds(bytes)
    return found === null ? [] : [found]
  })
  return { size, needs, own: files.map((path) => basename(path)).filter((name) => name.includes('.so')) }
}

/** @param {string} stage */
async function checksums(stage) {
  return filesBelow(stage)
    .map((path) => ({ name: path.slice(stage.length + 1), path }))
    .filter(({ name }) => !name.startsWith('DEBIAN/'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, path }) => `${createHash('md5').update(readFileSync(path)).digest('hex')}  ${name}\n`)
    .join('')
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} what it wrote
 */
async function must(command, args, env = process.env) {
  const { status, stdout, stderr } = await capture(command, args, { env })
  if (status === 0) return stdout
  throw new Failure(`${basename(command)} failed (status ${status}): ${(stderr || stdout).trim()}`)
}
