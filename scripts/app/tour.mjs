import { existsSync, mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '../process/failure.mjs'
import { buildAndRunInSession } from './build-and-run.mjs'
import { typescriptProgram } from './typescript-program.mjs'

/**
 * @param {string[]} args
 * @returns {{ out: string | null }} null for a folder chosen by the script
 */
export function parseTour(args) {
  if (args.length === 0) return { out: null }
  const [name, value, ...rest] = args.flatMap((argument) => (argument.startsWith('--out=') ? ['--out', argument.slice(6)] : [argument]))
  if (name !== '--out' || !value || value.startsWith('--') || rest.length > 0) {
    throw new Failure('The tour takes one option: --out DIR.', 'Example: npm run tour -- --out tour-pictures', 2)
  }
  return { out: value }
}

/**
 * Runs the tour: does the app's main job in a real window with a real keyring, and saves a picture of each step.
 * @param {string | null} out the folder for the pictures and tour.json; null for a new temporary folder
 * @returns {Promise<number>} 0 only if every step succeeded
 */
export async function runTour(out) {
  const folder = out === null ? mkdtempSync(join(tmpdir(), 'latchkey-tour-')) : resolve(out)
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Failure(`${folder} is a file.`, 'Give --out a folder.', 2)
  }
  mkdirSync(folder, { recursive: true })
  const status = await buildAndRunInSession(() => typescriptProgram('test/e2e/tour/tour.ts', ['--out', folder]))
  console.log(`Pictures of each step, and tour.json: ${folder}`)
  return status
}
