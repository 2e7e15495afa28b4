import * as v from 'valibot'
import type { EmbeddedBackend } from '../../storage/embedded-backend.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

const client = 'http://embedded.latchkey.invalid/api/client/v2.0'
const session = v.object({ access_token: v.string(), refresh_token: v.string() })
const keys = v.array(v.object({ _id: v.string(), disabled: v.boolean() }))

/**
 * Signs in to an embedded backend as the vault on this computer does, and lists its keys.
 * @param signIn the keychain item: account, e-mail and password
 * @throws Refusal `backup-invalid` if the backend refuses the sign-in that was saved with it
 */
export async function listEmbeddedKeys(embedded: EmbeddedBackend, signIn: Secret): Promise<{ id: string; enabled: boolean }[]> {
  const [, username, password] = signIn.expose().split(' ')
  const login = `${client}/app/${embedded.appId}/auth/providers/local-userpass/login`
  const headers = { 'content-type': 'application/json' }
  const { refresh_token: token } = await answer(embedded, session, login, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username, password }),
  })
  const listed = await answer(embedded, keys, `${client}/auth/api_keys`, { method: 'GET', headers: { authorization: `Bearer ${token}` } })
  return listed.map(({ _id: id, disabled }) => ({ id, enabled: !disabled }))
}

async function answer<S extends v.GenericSchema>(
  embedded: EmbeddedBackend,
  schema: S,
  url: string,
  init: RequestInit,
): Promise<v.InferOutput<S>> {
  const { status, body } = await embedded.reach(url, init)
  const chunks: Uint8Array[] = []
  for await (const chunk of body ?? []) chunks.push(chunk)
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), Buffer.concat(chunks).toString())
  if (status >= 300 || !parsed.success) throw new Refusal('backup-invalid')
  return parsed.output
}
