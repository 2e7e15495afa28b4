import type { AnswerCondition, KeyPlace, Place, Proof } from './service.ts'

export const bearer = { in: 'header', name: 'authorization', before: 'Bearer ' } as const satisfies KeyPlace
export const basicUser = { in: 'basic-user' } as const satisfies KeyPlace

/** @param before what stands before the key in the header */
export function inHeader(name: string, before = ''): KeyPlace {
  return { in: 'header', name, before }
}

/**
 * A GET with a bearer token, answered as most services answer. A 403 alone says nothing about a key: what guards a service against a country
 * or a program sends it, too.
 */
export const bearerGet = {
  method: 'GET',
  key: bearer,
  works: [{ status: [200] }],
  refused: [{ status: [401] }],
  limited: [],
} as const satisfies Omit<Proof, 'url'>

/** For `limited`: a 403 by which the service itself says, in a field of its answer, what the key may not do. */
export function forbidden(field: Place, ...is: readonly string[]): readonly AnswerCondition[] {
  return [{ status: [403], field, ...(is.length > 0 && { is }) }]
}
