import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startService, until } from './service.mjs'

/**
 * Starts an in-memory screen that only holders of its cookie can access, and adds it to the environment.
 * @param {string} folder the session's, private
 * @param {NodeJS.ProcessEnv} env gains DISPLAY and XAUTHORITY
 * @returns {Promise<void>}
 */
export async function startDisplay(folder, env) {
  const authority = join(folder, 'Xauthority')
  writeFileSync(authority, authorityEntry(randomBytes(16)), { mode: 0o600 })
  const screen = ['-screen', '0', '1440x1000x24', '-nolisten', 'tcp', '-noreset']
  const server = startService('Xvfb', ['-displayfd', '3', '-auth', authority, ...screen], { env, extraPipe: true })
  let output = ''
  server.child.stdio[3]?.on('data', (/** @type {Buffer} */ text) => (output += text.toString()))
  const number = await until(server, () => /^(\d+)\n/.exec(output)?.[1] ?? null)
  env['DISPLAY'] = `:${number}`
  env['XAUTHORITY'] = authority
}

/**
 * One entry of an Xauthority file (the format of libXau): family, then address, display, name and data, each with its length. Family 65535
 * means any host, an empty display means any number, which is not known before the server runs.
 * @param {Buffer} cookie 16 bytes
 * @returns {Buffer}
 */
export function authorityEntry(cookie) {
  const field = (/** @type {Buffer} */ bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const none = Buffer.alloc(0)
  return Buffer.concat([Buffer.from([255, 255]), ...[none, none, Buffer.from('MIT-MAGIC-COOKIE-1'), cookie].map(field)])
}
