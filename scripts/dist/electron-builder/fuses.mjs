import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { Failure } from '../../process/failure.mjs'

/**
 * What Electron's executable may do, decided in the executable itself. Every fuse that the library knows is listed here: if Electron adds
 * one, packing fails until somebody has decided about it.
 * @type {Record<FuseV1Options, boolean>}
 */
export const wantedFuses = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // It would load a V8 snapshot of its own for the main process. The package contains no such snapshot.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // A fault in WebAssembly stays a trap. The app contains no WebAssembly.
  [FuseV1Options.WasmTrapHandlers]: true,
}

/**
 * Sets every fuse of an executable and reads it back.
 * @param {string} executable
 * @param {{ complete: boolean }} options `complete`: the executable must have every fuse of the list, as a release's has
 * @returns {Promise<void>}
 */
export async function setFuses(executable, { complete }) {
  const names = fuseNames(await getCurrentFuseWire(executable))
  const unknown = names.filter((name) => !(name in wantedFuses))
  if (unknown.length > 0)
    throw new Failure(
      `This Electron has ${unknown.length} fuses that are not on the list.`,
      'Add them to scripts/dist/electron-builder/fuses.mjs.',
    )
  const absent = Object.keys(wantedFuses).filter((name) => !names.includes(name))
  if (complete && absent.length > 0)
    throw new Failure(`This Electron lacks the fuses ${absent.map((name) => FuseV1Options[Number(name)]).join(', ')}.`)
  const wanted = /** @type {Record<FuseV1Options, boolean>} */ (
    Object.fromEntries(Object.entries(wantedFuses).filter(([name]) => names.includes(name)))
  )
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: process.platform === 'darwin',
    strictlyRequireAllFuses: true,
    ...wanted,
  })
  const wrong = await wrongFuses(executable)
  if (wrong.length > 0) throw new Failure(`The fuses ${wrong.join(', ')} of ${executable} could not be set.`)
}

/**
 * The fuses of an executable that are not set as listed.
 * @param {string} executable
 * @returns {Promise<string[]>} their names, or numbers if a fuse has no name here
 */
export async function wrongFuses(executable) {
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executable))
  return fuseNames(wire)
    .filter((name) => wire[name] !== (wantedFuses[/** @type {FuseV1Options} */ (Number(name))] ? FuseState.ENABLE : FuseState.DISABLE))
    .map((name) => FuseV1Options[Number(name)] ?? name)
}

/** @param {object} wire */
function fuseNames(wire) {
  return Object.keys(wire).filter((name) => /^\d+$/.test(name))
}
