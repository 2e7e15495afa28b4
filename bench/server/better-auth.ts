import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../scripts/process/child.mjs'
import { npmCommand, npmEnvironment } from '../../scripts/set-up/npm.mjs'
import { requestBytes } from './load.ts'
import { startProgram } from './program.ts'
import { eachRoom, inTurn, type MeasuredServer } from './servers.ts'

export const betterAuthVersion = '1.7.5'
/** Its packages ask for these versions of each other. */
const packages = {
  'better-auth': betterAuthVersion,
  '@better-auth/api-key': betterAuthVersion,
  '@better-auth/core': betterAuthVersion,
  '@better-auth/utils': '0.4.2',
  'better-call': '1.4.0',
  kysely: '0.28.18',
}

/** Installs better-auth into a temporary folder, without its install scripts: 35 MB that no checkout should have for a comparison. */
export async function startBetterAuth(parent: string): Promise<MeasuredServer> {
  const folder = join(parent, 'better-auth')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: packages }))
  writeFileSync(
    join(folder, 'entry.mjs'),
    `export { betterAuth } from 'better-auth'
export { apiKey } from '@better-auth/api-key'
export { getMigrations } from 'better-auth/db/migration'
`,
  )
  const [npm, ...args] = npmCommand()
  const install = [...args, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent']
  const status = await run(npm, install, { cwd: folder, env: npmEnvironment() })
  if (status !== 0) throw new Error('better-auth could not be installed')
  const log = join(parent, 'better-auth.log')
  const { ready, end } = await startProgram<{ url: string; userIds: string[]; keys: string[] }>(
    'bench/server/better-auth-server.ts',
    [folder],
    log,
  )
  const room = eachRoom(ready.userIds)
  return {
    ...{ url: ready.url, end },
    verify: inTurn(ready.keys.map((key) => requestBytes('POST', '/verify', {}, { key }))),
    // A session by a key: better-auth checks the key and looks the user up. It stores no session.
    login: inTurn(ready.keys.map((key) => requestBytes('GET', '/api/auth/get-session', { 'x-api-key': key }))),
    create() {
      const next = room()
      return next === null ? null : requestBytes('POST', '/create', {}, { userId: next.user, name: `made-${next.number}` })
    },
  }
}
