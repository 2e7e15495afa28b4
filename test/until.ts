import { setTimeout as wait } from 'node:timers/promises'

/**
 * Polls until the answer is not false, null or undefined. Unlike `expect.poll`, it works in programs that are not tests too.
 * @param what is waited for, for the failure's message
 * @returns the answer
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  what: () => string = () => ask.toString(),
  timeoutMs = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  for (const deadline = Date.now() + timeoutMs; ; await wait(20)) {
    const answer = await ask()
    if (answer !== false && answer !== null && answer !== undefined) return answer as Exclude<T, false | null | undefined>
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what()}`)
  }
}
