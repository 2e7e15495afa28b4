import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { findProgram, programFolders } from '../../process/program.mjs'

/**
 * @typedef {import('./needs.mjs').Need} Need
 * @typedef {{ [kind in Need['kind']]: (name: string) => boolean }} Inventory
 */

/**
 * The needs that this machine does not meet.
 * @param {Need[]} needs
 * @param {Inventory} inventory
 * @returns {Need[]}
 */
export function unmet(needs, inventory) {
  return needs.filter((need) => !inventory[need.kind](need.name))
}

/**
 * Checks the machine itself and not a package database, so that it works on every distribution. If there is no tool for the check (no
 * ldconfig, as on NixOS), a library counts as present; Electron then names what it lacks.
 * @param {Need[]} needs only what they ask for is checked
 * @returns {Promise<Inventory>}
 */
export async function takeInventory(needs) {
  const wants = (/** @type {Need['kind']} */ kind) => needs.some((need) => need.kind === kind)
  const ldconfig = wants('library') ? findProgram('ldconfig') : null
  const [libraries, fonts, headers] = await Promise.all([
    ldconfig === null ? null : capture(ldconfig, ['-p']),
    wants('font') ? capture('fc-list', [':', 'family']) : null,
    Promise.all(needs.filter((need) => need.kind === 'header').map(async ({ name }) => (await compiles(name)) && name)),
  ])
  const linkable = libraries?.status === 0 ? libraryNames(libraries.stdout) : null
  const families = fontFamilies(fonts?.stdout ?? '')
  return {
    program: (name) => findProgram(name) !== null,
    library: (name) => linkable === null || linkable.has(name),
    header: (name) => headers.includes(name),
    font: (name) => families.has(name),
    service: (name) => serviceFolders(process.env).some((folder) => existsSync(join(folder, `${name}.service`))),
  }
}

/**
 * @param {string} listing what `ldconfig -p` prints
 * @returns {Set<string>}
 */
export function libraryNames(listing) {
  return new Set([...listing.matchAll(/^\s+(\S+) \(/gm)].map(([, name]) => name ?? ''))
}

/**
 * @param {string} listing what `fc-list : family` prints: families of one font are separated by commas
 * @returns {Set<string>}
 */
export function fontFamilies(listing) {
  return new Set(listing.split('\n').flatMap((line) => line.split(',').map((family) => family.trim())))
}

/**
 * The folders in which a session bus finds the services that it may start: one in each data folder, which is beside a folder of programs.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 */
function serviceFolders(environment) {
  const beside = programFolders(environment).map((folder) => folder.replace(/\/s?bin$/, '/share'))
  const named = (environment['XDG_DATA_DIRS'] ?? '').split(':').filter((folder) => folder !== '')
  return [...named, ...beside].map((folder) => join(folder, 'dbus-1', 'services'))
}

/** @param {string} header */
async function compiles(header) {
  const { status } = await capture('g++', ['-E', '-x', 'c++', '-'], { input: `#include <${header}>\n` })
  return status === 0
}
