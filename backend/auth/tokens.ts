import type { SessionRow } from '../store/schema.ts'
import { accessSeconds, keyAccessSeconds, refreshSeconds } from './token-lifetimes.ts'
import { providerId, type Instance } from './instance.ts'

/**
 * An access token of a session, valid for 30 minutes. If a key opened the session, it is valid for five, and not longer than the key. It has
 * the real service's claims, and for others who verify it by the JWKS also `aud`, `sid` and, of a key, `api_key_id` and `scope` (RFC 8693).
 * In the real service `iss` is the session's id; here it is the public URL if there is one.
 */
export function signAccessToken(instance: Instance, appId: string, session: SessionRow, now: Date): string {
  const ofKey = session.api_key_id !== null
  const claims = sessionClaims(instance, session, now, ofKey ? keyAccessSeconds : accessSeconds)
  return instance.signer.sign({
    ...claims,
    ...(ofKey ? { api_key_id: session.api_key_id } : {}),
    ...(session.key_expires_at === null ? {} : { exp: Math.min(claims.exp, Math.floor(session.key_expires_at / 1000)) }),
    ...(session.key_scopes === null || session.key_scopes === '' ? {} : { scope: session.key_scopes }),
    aud: appId,
    iss: instance.issuer ?? session.id,
    sid: session.id,
    typ: 'access',
  })
}

/** A refresh token of a session: valid for 60 days. Only its SHA-256 is stored; see `store/sessions.ts`. */
export function signRefreshToken(instance: Instance, session: SessionRow, now: Date): string {
  const identity = {
    id: session.identity_id,
    provider_type: session.provider,
    provider_id: providerId(instance.domainId, session.provider),
  }
  return instance.signer.sign({
    ...sessionClaims(instance, session, now, refreshSeconds),
    baas_data: null,
    baas_id: session.id,
    baas_identity: identity,
    stitch_data: null,
    stitch_id: session.id,
    stitch_ident: identity,
    typ: 'refresh',
  })
}

function sessionClaims(
  instance: Instance,
  session: SessionRow,
  now: Date,
  life: number,
): Record<string, unknown> & { readonly exp: number } {
  // Whole seconds: the native client rejects any other number.
  const iat = Math.floor(now.getTime() / 1000)
  return {
    baas_device_id: session.device_id,
    baas_domain_id: instance.domainId,
    exp: iat + life,
    iat,
    stitch_devId: session.device_id,
    stitch_domainId: instance.domainId,
    sub: session.user_id,
  }
}

/** @returns the session id of an unexpired access token of this server, otherwise null */
export function readAccessToken(instance: Instance, token: string, now: Date): string | null {
  const claims = instance.signer.verify(token)
  if (claims === null || claims['typ'] !== 'access') return null
  const { exp, sid } = claims
  if (typeof exp !== 'number' || exp * 1000 <= now.getTime()) return null
  return typeof sid === 'string' ? sid : null
}
