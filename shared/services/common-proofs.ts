import type { KeyPlace, Proof } from './service.ts'

export const bearer = { in: 'header', name: 'authorization', before: 'Bearer ' } as const satisfies KeyPlace
export const basicUser = { in: 'basic-user' } as const satisfies KeyPlace

/** @param before what stands before the key in the header */
export function inHeader(name: string, before = ''): KeyPlace {
  return { in: 'header', name, before }
}

/** A GET with a bearer token, answered as most services answer: 401 for a key that they do not know, 403 for missing permissions. */
export const bearerGet = {
  method: 'GET',
  key: bearer,
  works: [{ status: [200] }],
  refused: [{ status: [401] }],
  limited: [{ status: [403] }],
} as const satisfies Omit<Proof, 'url'>
