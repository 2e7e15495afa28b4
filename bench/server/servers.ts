/** How much is in each server's store. */
export const users = 300
export const keysEach = 5
/** Keys that can be created for a user: Latchkey allows 20 in all. */
export const roomEach = 20 - keysEach

/** A server with its requests. Each function gives the next one; `create` gives null when every user has all keys. */
export interface MeasuredServer {
  readonly url: string
  readonly verify: () => Buffer
  readonly login?: () => Buffer
  readonly create?: () => Buffer | null
  end(): Promise<void>
}

/** Takes turns with a list, for ever. */
export function inTurn<T>(all: readonly T[]): () => T {
  let at = 0
  return () => {
    const one = all[at % all.length]
    if (one === undefined) throw new Error('there is nothing to take turns with')
    at += 1
    return one
  }
}

/** Each user as often as there is room for a key, with the number of the key. */
export function eachRoom<T>(all: readonly T[]): () => { readonly user: T; readonly number: number } | null {
  let at = 0
  return () => {
    const user = all[at % all.length]
    const number = Math.floor(at / all.length)
    at += 1
    return user === undefined || number >= roomEach ? null : { user, number }
  }
}
