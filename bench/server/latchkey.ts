import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { typescriptProgram } from '../../scripts/app/typescript-program.mjs'
import { requestBytes } from './load.ts'
import { startProgram } from './program.ts'
import { eachRoom, inTurn, keysEach, users, type MeasuredServer } from './servers.ts'

const appId = 'bench'
const secret = 'a secret of thirty-two bytes or more'
const client = '/api/client/v2.0'

/**
 * Starts `npm run serve` and fills it by its own routes.
 * @param copy a folder for a copy of its store, which holds the same keys
 */
export async function startLatchkey(folder: string, copy: string): Promise<MeasuredServer & { readonly keys: readonly string[] }> {
  const dataDir = join(folder, 'latchkey')
  const options = ['--port', '0', '--data-dir', dataDir, '--app-id', appId]
  const start = () =>
    startProgram<{ url: string }>('backend/serve.ts', options, join(folder, 'latchkey.log'), { LATCHKEY_CUSTOM_TOKEN_SECRET: secret })
  const first = await start()
  const sessions: string[] = []
  const keys: string[] = []
  for (let user = 0; user < users; user += 1) {
    const session = await signIn(first.ready.url, `user-${user}`)
    sessions.push(session)
    for (let key = 0; key < keysEach; key += 1) {
      const made = await post(first.ready.url, `${client}/auth/api_keys`, { name: `k${key}` }, session)
      keys.push(made['key'] ?? '')
    }
  }
  const service = typescriptProgram('backend/serve.ts', ['service', 'add', 'bench', '--data-dir', dataDir])
  const credential = execFileSync(process.execPath, service, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  await first.end()
  cpSync(dataDir, copy, { recursive: true })
  const { ready, end } = await start()
  const authorization = { Authorization: `Bearer ${credential}` }
  const room = eachRoom(sessions)
  return {
    ...{ url: ready.url, keys, end },
    verify: inTurn(keys.map((key) => requestBytes('POST', `/api/service/v1/app/${appId}/api_keys/verify`, authorization, { key }))),
    login: inTurn(keys.map((key) => requestBytes('POST', `${client}/app/${appId}/auth/providers/api-key/login`, {}, { key }))),
    create() {
      const next = room()
      if (next === null) return null
      return requestBytes('POST', `${client}/auth/api_keys`, { Authorization: `Bearer ${next.user}` }, { name: `made-${next.number}` })
    },
  }
}

/** @returns the user's refresh token */
async function signIn(url: string, subject: string): Promise<string> {
  const claims = { sub: subject, aud: appId, exp: Math.floor(Date.now() / 1000) + 600 }
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
  const answered = await post(url, `${client}/app/${appId}/auth/providers/custom-token/login`, { token })
  return answered['refresh_token'] ?? ''
}

async function post(url: string, path: string, body: object, bearer?: string): Promise<Record<string, string | undefined>> {
  const headers = { 'Content-Type': 'application/json', ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }) }
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as Record<string, string>
}
