import * as v from 'valibot'
import type { Context } from '../context.ts'
import { answer, answerEmpty } from '../http/answer.ts'
import { requireRefresh } from '../http/bearer.ts'
import { readJson } from '../http/body.ts'
import { clientPath, type Routes } from '../http/paths.ts'
import { newKeyValue } from '../key-values.ts'
import { Refusal } from '../refusal.ts'
import { createKey, deleteKey, fetchKey, listKeys, setDisabled } from '../store/api-keys.ts'
import { isAnonymous } from '../store/identities.ts'
import { findSessionById } from '../store/sessions.ts'
import type { Write } from '../store/schema.ts'

const path = `${clientPath}/auth/api_keys`

/** The six routes of user API keys. All require the refresh token. 401 means a dead session and nothing else. */
export function addKeyRoutes(routes: Routes, context: Context): void {
  const { database, clock, revocations } = context

  routes.post(path, async ({ req }) => {
    const { sessionId, userId } = await requireManager(context, req.raw)
    const { name } = await readJson(req.raw, v.object({ name: v.optional(v.string(), '') }))
    checkName(name)
    const made = { name, value: newKeyValue(context.keyPrefix) }
    return answer(201, await write(sessionId, (trx) => createKey(trx, userId, made, clock())))
  })
  routes.get(path, async ({ req }) => {
    const { userId } = await requireManager(context, req.raw)
    return answer(200, await listKeys(database.store, userId))
  })
  routes.get(`${path}/:id`, async ({ req }) => {
    const { userId } = await requireManager(context, req.raw)
    return answer(200, await fetchKey(database.store, userId, keyId(req.param('id'))))
  })
  routes.delete(`${path}/:id`, async ({ req }) => {
    const { sessionId, userId } = await requireManager(context, req.raw)
    const id = keyId(req.param('id'))
    await write(sessionId, (trx) => deleteKey(trx, userId, id))
    revocations.publish({ key_id: id })
    return answerEmpty()
  })
  for (const [verb, disabled] of [
    ['enable', false],
    ['disable', true],
  ] as const) {
    routes.put(`${path}/:id/${verb}`, async ({ req }) => {
      const { sessionId, userId } = await requireManager(context, req.raw)
      const id = keyId(req.param('id'))
      await write(sessionId, (trx) => setDisabled(trx, userId, id, disabled))
      if (disabled) revocations.publish({ key_id: id })
      return answerEmpty()
    })
  }

  /** Checks the session again inside the transaction: a logout or deletion that came first wins. */
  function write<T>(sessionId: string, work: (trx: Write) => Promise<T>): Promise<T> {
    return database.write(async (trx) => {
      if ((await findSessionById(trx, sessionId, clock())) === undefined) throw new Refusal('refresh-dead')
      return work(trx)
    })
  }
}

/** The user of a session that may manage keys. @throws Refusal `keys-…`, `refresh-dead` */
async function requireManager(context: Context, request: Request): Promise<{ sessionId: string; userId: string }> {
  const session = await requireRefresh(context, request)
  // A leaked key must not be able to create other keys.
  if (session.api_key_id !== null) throw new Refusal('keys-key-session')
  if (await isAnonymous(context.database.store, session.user_id)) throw new Refusal('keys-anonymous')
  return { sessionId: session.id, userId: session.user_id }
}

function checkName(name: string): void {
  if (name === '') throw new Refusal('name-missing')
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new Refusal('name-invalid')
  if (name.length > 64) throw new Refusal('name-too-long')
}

function keyId(text: string): string {
  if (!/^[0-9a-f]{24}$/i.test(text)) throw new Refusal('key-id-invalid')
  return text.toLowerCase()
}
