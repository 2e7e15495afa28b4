import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openStore } from './store.ts'

// A route with one prepared select by a hash of the key, and nothing else: what this stack can reach at most.
const [dataDir = ''] = process.argv.slice(2)
const find = openStore(join(dataDir, 'backend.sqlite')).prepare(
  'select id, user_id, name from api_keys where value_hash = ? and disabled = 0',
)
const app = new Hono()
app.post('/verify', async ({ req, json }) => {
  const { key } = await req.json<{ key: string }>()
  return json(find.all([createHash('sha256').update(key).digest('hex')])[0] ?? null)
})
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }))
})
process.once('SIGTERM', () => {
  server.close()
  process.exit(0)
})
