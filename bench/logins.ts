import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '../backend/backend.ts'
import { openBackend } from '../backend/backend.ts'

const appId = 'bench'
const client = 'http://127.0.0.1/api/client/v2.0'
const logins = 2000

/** API-key logins per second of processor time: the backend's work without HTTP. */
export async function loginsPerSecond(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const backend = await openBackend({ dataDir, appId })
  const key = await makeKey(backend)
  const login = () => ask(backend, `/app/${appId}/auth/providers/api-key/login`, { provider: 'api-key', key })
  for (let warm = 0; warm < 200; warm += 1) await login()
  const before = process.cpuUsage()
  for (let done = 0; done < logins; done += 8) await Promise.all(Array.from({ length: 8 }, login))
  const { user, system } = process.cpuUsage(before)
  await backend.close()
  rmSync(dataDir, { recursive: true })
  return logins / ((user + system) / 1e6)
}

async function makeKey(backend: Backend): Promise<string> {
  const [email, password] = ['logins@bench.invalid', 'bench-password']
  const providers = `/app/${appId}/auth/providers/local-userpass`
  await ask(backend, `${providers}/register`, { email, password })
  const session = await ask(backend, `${providers}/login`, { provider: 'local-userpass', username: email, password })
  const made = await ask(backend, '/auth/api_keys', { name: 'bench' }, String(session['refresh_token']))
  return String(made['key'])
}

async function ask(backend: Backend, path: string, body: object, bearer?: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) }
  const response = await backend.fetch(new Request(client + path, { method: 'POST', headers, body: JSON.stringify(body) }))
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  const text = await response.text()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
