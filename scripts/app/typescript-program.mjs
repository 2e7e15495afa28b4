import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from '../process/failure.mjs'
import { checkout } from '../set-up/checkout.mjs'

/**
 * The arguments with which Node runs a TypeScript file of the checkout, in one process, so that a signal reaches the program itself.
 * @param {string} path relative to the checkout
 * @param {string[]} args
 * @returns {string[]}
 */
export function typescriptProgram(path, args) {
  const file = join(checkout, path)
  if (!existsSync(file)) throw new Failure(`${path} is missing from this checkout.`)
  const loader = createRequire(join(checkout, 'package.json')).resolve('tsx')
  return ['--import', pathToFileURL(loader).href, file, ...args]
}
