import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { SqliteDialect } from 'kysely'
import { keysEach, users } from './servers.ts'
import { openStore } from './store.ts'

interface Auth {
  readonly options: unknown
  readonly handler: (request: Request) => Promise<Response>
  readonly api: {
    verifyApiKey(given: { body: { key: string } }): Promise<{ valid: boolean }>
    createApiKey(given: { body: { name: string; userId: string } }): Promise<{ key: string }>
  }
  readonly $context: Promise<{ internalAdapter: { createUser(user: object): Promise<{ id: string }> } }>
}
interface BetterAuth {
  betterAuth(options: object): Auth
  apiKey(options: object): unknown
  getMigrations(options: unknown): Promise<{ runMigrations(): Promise<void> }>
}

// better-auth with its API keys, behind the same HTTP server as Latchkey.
const [folder = ''] = process.argv.slice(2)
const { betterAuth, apiKey, getMigrations } = (await import(pathToFileURL(join(folder, 'entry.mjs')).href)) as BetterAuth
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: randomBytes(32).toString('hex'),
  database: { dialect: new SqliteDialect({ database: openStore(join(folder, 'better-auth.sqlite')) }), type: 'sqlite' },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  logger: { disabled: true },
  plugins: [apiKey({ enableSessionForAPIKeys: true, rateLimit: { enabled: false } })],
})
await (await getMigrations(auth.options)).runMigrations()

const { internalAdapter } = await auth.$context
const userIds: string[] = []
const keys: string[] = []
for (let user = 0; user < users; user += 1) {
  const { id } = await internalAdapter.createUser({ name: `user-${user}`, email: `user-${user}@example.test`, emailVerified: true })
  userIds.push(id)
  for (let key = 0; key < keysEach; key += 1) keys.push((await auth.api.createApiKey({ body: { name: `k${key}`, userId: id } })).key)
}

const app = new Hono()
app.post('/verify', async ({ req, json }) => {
  const { valid } = await auth.api.verifyApiKey({ body: await req.json<{ key: string }>() })
  return json({ valid }, valid ? 200 : 403)
})
app.post('/create', async ({ req, json }) =>
  json(await auth.api.createApiKey({ body: await req.json<{ name: string; userId: string }>() })),
)
app.get('/api/auth/*', ({ req }) => auth.handler(req.raw))
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, userIds, keys }))
})
process.once('SIGTERM', () => {
  server.close()
  process.exit(0)
})
