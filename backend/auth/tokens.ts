import type { SessionRow } from '../store/schema.ts'
import { accessSeconds, refreshSeconds } from './token-lifetimes.ts'
import { providerId, type Instance } from './instance.ts'

type SessionFacts = Pick<SessionRow, 'id' | 'user_id' | 'provider' | 'identity_id' | 'device_id'>

/** An access token of a session: valid for 30 minutes, with the real service's claims. `aud` is for others who verify it by the JWKS. */
export function signAccessToken(instance: Instance, appId: string, session: SessionFacts, now: Date): string {
  return instance.signer.sign({
    ...sessionClaims(instance, session, now, accessSeconds),
    aud: appId,
    iss: session.id,
    typ: 'access',
  })
}

/** A refresh token of a session: valid for 60 days. Only its SHA-256 is stored; see `store/sessions.ts`. */
export function signRefreshToken(instance: Instance, session: SessionFacts, now: Date): string {
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

function sessionClaims(instance: Instance, session: SessionFacts, now: Date, life: number): object {
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
  const { exp, iss } = claims
  if (typeof exp !== 'number' || exp * 1000 <= now.getTime()) return null
  return typeof iss === 'string' ? iss : null
}
