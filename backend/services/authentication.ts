import { failedLogin } from '../auth/password-login.ts'
import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import type { Service } from './credential.ts'

/**
 * The service of the request's credential. Wrong ones are counted by address, like wrong API keys; a right one is never refused.
 * @throws Refusal `authorization-missing`, `service-wrong`, `throttled`
 */
export function requireService(context: Context, request: Request, from: Origin): Service {
  const header = request.headers.get('authorization')
  if (header === null) throw new Refusal('authorization-missing')
  return findService(context, /^Bearer +(\S+)$/i.exec(header)?.[1], from, new Refusal('service-wrong'))
}

/** The same for a service that may manage keys. @throws Refusal also `service-limited` */
export function requireManagingService(context: Context, request: Request, from: Origin): Service {
  const service = requireService(context, request, from)
  if (service.manages !== true) throw new Refusal('service-limited')
  return service
}

/** The same for a proxy, whose requests have the client's `Authorization`. @throws Refusal `gateway-wrong`, `throttled` */
export function requireGateway(context: Context, request: Request, from: Origin): Service {
  return findService(context, request.headers.get('x-service-credential') ?? '', from, new Refusal('gateway-wrong'))
}

function findService(context: Context, credential: string | undefined, from: Origin, refusal: Refusal): Service {
  const service = context.services.find(credential ?? '')
  if (service === undefined) throw failedLogin(context, { address: from.address }, refusal)
  return service
}
