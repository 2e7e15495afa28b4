import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { requireRoomForUser } from '../auth/new-users.ts'
import { checkPassword, failedLogin } from '../auth/password-login.ts'
import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { answer } from '../http/answer.ts'
import { requireAccess } from '../http/bearer.ts'
import { readJson, text } from '../http/body.ts'
import { appPath, type Routes } from '../http/paths.ts'
import { isKeyValue } from '../key-values.ts'
import { Refusal } from '../refusal.ts'
import { findUsableKey } from '../store/api-keys.ts'
import { addIdentity, claimIdentity, findIdentity, userOf } from '../store/identities.ts'
import type { IdentityRow, SessionRow, Write } from '../store/schema.ts'
import { findSessionById, openSession, type LoginAnswer } from '../store/sessions.ts'

/** realm-web sends its device id as an ObjectId of extended JSON, other SDKs as a string or not at all. */
const deviceId = v.optional(v.union([v.string(), v.object({ $oid: v.string() }), v.null()]))
const options = v.optional(v.object({ device: v.optional(v.object({ deviceId })) }))
const bodies = {
  'anon-user': v.object({ options }),
  'local-userpass': v.object({ username: text, password: text, options }),
  'api-key': v.object({ key: text, options }),
  'custom-token': v.object({ token: text, options }),
} as const

interface Attempt {
  readonly from: Origin
  readonly deviceId: string | null
  /** The session that links. Null for a plain login. */
  readonly linking: SessionRow | null
}

/** `POST …/auth/providers/{provider}/login`, and with `?link=true` and an access token, linking. Both have the same answer. */
export function addLoginRoutes(routes: Routes, context: Context): void {
  routes.post(`${appPath}/auth/providers/:provider/login`, async ({ req, env }) => {
    const linking = req.query('link') === 'true' ? await requireAccess(context, req.raw) : null
    // A leaked key must not be able to add another owner's password to its account.
    if (linking !== null && linking.api_key_id !== null) throw new Refusal('key-session-limited')
    const attempt = { from: env, linking }
    switch (req.param('provider')) {
      case 'anon-user': {
        if (linking !== null) throw new Refusal('link-unsupported')
        if (!context.anonymous) throw new Refusal('provider-off')
        const body = await readJson(req.raw, bodies['anon-user'])
        requireRoomForUser(context, env)
        return answer(200, await logInAnonymously(context, deviceOf(body)))
      }
      case 'api-key': {
        if (linking !== null) throw new Refusal('link-unsupported')
        const body = await readJson(req.raw, bodies['api-key'])
        return answer(200, await logInByKey(context, env, body.key, deviceOf(body)))
      }
      case 'local-userpass': {
        const body = await readJson(req.raw, bodies['local-userpass'])
        const identity = await checkPassword(context, env, body)
        return answer(200, await logInByIdentity(context, { ...attempt, deviceId: deviceOf(body) }, async () => identity))
      }
      case 'custom-token': {
        if (context.verifyCustomToken === null) throw new Refusal('provider-off')
        const body = await readJson(req.raw, bodies['custom-token'])
        const subject = await checkCustomToken(context, env, body.token)
        return answer(
          200,
          await logInByIdentity(context, { ...attempt, deviceId: deviceOf(body) }, (write) => tokenIdentity(context, write, subject)),
        )
      }
      default:
        throw new Refusal('provider-off')
    }
  })
}

async function logInAnonymously(context: Context, deviceId: string | null): Promise<LoginAnswer> {
  return context.database.write(async (write) => {
    const subject = randomUUID()
    const wanted = { provider: 'anon-user', subject, passwordHash: null, confirmed: true } as const
    const identity = await addIdentity(write, wanted, context.clock())
    if (identity === null) throw new Error('a new random subject was taken')
    const userId = await userOf(write, identity, context.clock())
    return openSession(context, write, { userId, provider: 'anon-user', identityId: identity.id, key: null, deviceId })
  })
}

/** Wrong, disabled, expired and deleted keys get the same answer. The session ends with the key: see `Schema.sessions`. */
async function logInByKey(context: Context, from: Origin, value: string, deviceId: string | null): Promise<LoginAnswer> {
  const wrong = (): Refusal => failedLogin(context, { address: from.address }, new Refusal('key-wrong'))
  if (!isKeyValue(value)) throw wrong()
  const answered = await context.database.writeWithoutSync(async (write) => {
    const key = await findUsableKey(write, value, context.clock())
    if (key === undefined) return null
    const opened = await openSession(context, write, { userId: key.user_id, provider: 'api-key', identityId: key.id, key, deviceId })
    return { keyId: key.id, opened }
  })
  if (answered === null) throw wrong()
  context.lastUse.note(answered.keyId)
  return answered.opened
}

async function logInByIdentity(
  context: Context,
  { deviceId, linking }: Attempt,
  find: (write: Write) => Promise<IdentityRow>,
): Promise<LoginAnswer> {
  return context.database.write(async (write) => {
    // Read again: since the password check, the identity may have got a user or another password, or may have been deleted.
    const seen = await find(write)
    const identity = await findIdentity(write, seen.provider, seen.subject)
    if (identity === undefined || identity.password_hash !== seen.password_hash) throw new Refusal('password-wrong')
    let userId
    if (linking === null) userId = await userOf(write, identity, context.clock())
    else {
      if ((await findSessionById(write, linking.id, context.clock())) === undefined) throw new Refusal('access-dead')
      await claimIdentity(write, identity, linking.user_id)
      userId = linking.user_id
    }
    return openSession(context, write, { userId, provider: identity.provider, identityId: identity.id, key: null, deviceId })
  })
}

async function checkCustomToken(context: Context, from: Origin, token: string): Promise<string> {
  if (context.verifyCustomToken === null) throw new Refusal('provider-off')
  try {
    return await context.verifyCustomToken(token, context.clock())
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'token-wrong') throw failedLogin(context, { address: from.address }, error)
    throw error
  }
}

/** The identity of a verified token's `sub`, created at its first login. */
async function tokenIdentity(context: Context, write: Write, subject: string): Promise<IdentityRow> {
  const known = await findIdentity(write, 'custom-token', subject)
  if (known !== undefined) return known
  const wanted = { provider: 'custom-token', subject, passwordHash: null, confirmed: true } as const
  const added = await addIdentity(write, wanted, context.clock())
  if (added === null) throw new Error('an identity appeared within the transaction')
  return added
}

function deviceOf(body: { options?: v.InferOutput<typeof options> }): string | null {
  const given = body.options?.device?.deviceId
  const id = typeof given === 'object' ? given?.$oid : given
  return id !== undefined && /^[0-9a-f]{24}$/.test(id) ? id : null
}
