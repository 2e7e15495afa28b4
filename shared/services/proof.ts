import { passesChecksum } from './checksums.ts'
import { maxKeyLength, parseFormat, patternOf } from './key-format.ts'
import type { AnswerCondition, KeyPlace, Place, Proof, Service } from './service.ts'

/** To be sent over TLS as it is, to this host alone: a redirect is an answer, and is not followed. */
export interface ProofRequest {
  readonly method: Proof['method']
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface ProofAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `unclear`: the answer says nothing about the key, as a redirect, an error of the service or too many requests. */
export type ProofVerdict = 'works' | 'refused' | 'limited' | 'unclear'

export interface ProofResult {
  readonly verdict: ProofVerdict
  /** As the service wrote it, without control characters and cut to 200. */
  readonly owner: string | null
  /** Null: the answer does not tell. */
  readonly scopes: readonly string[] | null
  /** Milliseconds since 1970. Null: the answer does not tell, or the key does not expire. */
  readonly expiresAt: number | null
}

const [maxBodyLength, maxTextLength, maxScopes] = [1_000_000, 200, 100]

/** @returns null if no request without effect is documented for such a key, or the key is none of the service's secrets */
export function proofOf(service: Service, value: string): Proof | null {
  if (value.length > maxKeyLength) return null
  const key = service.keys.find(
    ({ format, checksum }) => patternOf(parseFormat(format)).test(value) && (checksum === undefined || passesChecksum(checksum, value)),
  )
  if (key === undefined) return service.proof // a form that the catalogue does not know
  if (key.proof !== undefined) return key.proof
  return key.use === undefined ? service.proof : null
}

/** @returns null if the value has characters that could change the request */
export function proofRequest({ method, url, key, headers, body }: Proof, value: string): ProofRequest | null {
  if (value.length > maxKeyLength || !/^[!-~]+$/.test(value)) return null
  if (key.in === 'path' && !/^[\w:-]+$/.test(value)) return null
  return {
    method,
    url: key.in === 'path' ? url.replace('{key}', () => value) : url,
    headers: { accept: 'application/json', 'user-agent': 'Latchkey', ...headers, ...keyHeader(key, value) },
    body: body ?? null,
  }
}

function keyHeader(key: KeyPlace, value: string): Readonly<Record<string, string>> {
  if (key.in === 'header') return { [key.name]: key.before + value }
  if (key.in === 'basic-user') return { authorization: `Basic ${btoa(`${value}:`)}` }
  if (key.in === 'basic-password') return { authorization: `Basic ${btoa(`${key.user}:${value}`)}` }
  return {}
}

/** Reads what the service answered to the request of the same proof. Never throws: a body that is not JSON has no fields. */
export function readAnswer(proof: Proof, answer: ProofAnswer): ProofResult {
  const body = parsed(answer.body)
  const at = (place: Place | undefined): unknown => (place === undefined ? undefined : valueAt(place, answer.headers, body))
  const holds = ({ status, field, is }: AnswerCondition): boolean => {
    if (!status.includes(answer.status)) return false
    const value = at(field)
    if (is !== undefined) return is.some((one) => one === value)
    return field === undefined || (value !== undefined && value !== null)
  }
  const verdict = (['works', 'refused', 'limited'] as const).find((one) => proof[one].some(holds)) ?? 'unclear'
  if (verdict !== 'works') return { verdict, owner: null, scopes: null, expiresAt: null }
  return { verdict, owner: textOf(at(proof.owner)), scopes: scopesOf(at(proof.scopes)), expiresAt: timeOf(at(proof.expires)) }
}

function parsed(body: string): unknown {
  if (body.length > maxBodyLength) return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

function valueAt(place: Place, headers: ProofAnswer['headers'], body: unknown): unknown {
  if (place.startsWith('@')) return own(headers, place.slice(1))
  return place.split('/').reduce(own, body)
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim()
    .slice(0, maxTextLength)
  return text === '' ? null : text
}

function scopesOf(value: unknown): readonly string[] | null {
  const scopes = typeof value === 'string' ? value.slice(0, maxBodyLength).split(/[\s,]+/) : value
  if (!Array.isArray(scopes)) return null
  return scopes.slice(0, maxScopes).flatMap((scope) => textOf(scope) ?? [])
}

/** Of a date in ISO 8601, a date as GitHub writes it (`2026-11-30 18:00:00 UTC` or `+0100`), or seconds or milliseconds since 1970. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? (value < 1e11 ? value * 1_000 : value) : null
  if (typeof value !== 'string') return null
  const time = Date.parse(value.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|([+-]\d\d)(\d\d))$/, inIso))
  return Number.isNaN(time) ? null : time
}

function inIso(_all: string, date: string, time: string, hours?: string, minutes?: string): string {
  return `${date}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes ?? '00'}`}`
}
